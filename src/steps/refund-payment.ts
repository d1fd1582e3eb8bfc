import { Duration, aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CompensationOptions, IStepCompensation } from './step-compensation';
import { idempotencyKey, jsonata } from '../jsonata/expressions';
import { functionTask } from '../private/function-task';
import { compensationRetrier } from '../private/retries';

/** How often a refund is requested whose charge the provider does not know yet. */
const TRIES = 3;

/**
 * Requests a refund until the provider knows the charge: one that timed out can still arrive, so between two tries it
 * waits as long as a charge may take.
 *
 * @internal
 */
export class RefundPayment implements IStepCompensation {
  constructor(private readonly refund: lambda.IFunction, private readonly chargeTimeout: Duration) {}

  public bind(scope: Construct, { stepName, stateName, idempotencyPrefix }: CompensationOptions): sfn.IChainable {
    const key = (name: string) => idempotencyKey(idempotencyPrefix, '$order', name);
    const ask = functionTask(scope, 'Task', {
      stateName: `${stateName}: refund`,
      function: this.refund,
      payload: sfn.TaskInput.fromText(jsonata('($order := $states.input.order; {'
        + `'orderId': $order.orderId, 'key': ${key(`${stepName}:undo`)}, 'chargeKey': ${key(stepName)}, `
        + "'amount': $order.totalAmount, 'currency': $order.currency, 'charge': $exists($order.payment) ? $order.payment : null, 'order': $order})")),
      outputs: jsonata("{'order': $states.input.order, 'tries': $states.input.tries + 1, 'refund': $states.result.Payload}"),
      retriers: [compensationRetrier()],
    });
    const start = sfn.Pass.jsonata(scope, 'Start', {
      stateName: `${stateName}: begin`,
      outputs: { order: jsonata('$states.input'), tries: 0 },
    });
    const wait = sfn.Wait.jsonata(scope, 'Wait', {
      stateName: `${stateName}: wait for a late charge`,
      time: sfn.WaitTime.duration(this.chargeTimeout),
    });
    const known = sfn.Succeed.jsonata(scope, 'Known', { stateName: `${stateName}: settled`, outputs: jsonata('$states.input.refund') });
    const unknown = sfn.Fail.jsonata(scope, 'Unknown', {
      stateName: `${stateName}: unknown`,
      error: 'RefundUnknown',
      cause: jsonata("'the refund function does not know what became of the charge: ' & $string($states.input.refund)"),
    });
    const settled = sfn.Choice.jsonata(scope, 'Settled', { stateName: `${stateName}: settled?` })
      .when(sfn.Condition.jsonata(jsonata("$states.input.refund.status in ['REFUNDED', 'NOTHING_TO_REFUND']")), known)
      .when(sfn.Condition.jsonata(jsonata(`$states.input.tries < ${TRIES}`)), wait)
      .otherwise(unknown);
    wait.next(ask);
    return start.next(ask).next(settled);
  }
}
