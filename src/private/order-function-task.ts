import {
  Duration, aws_lambda as lambda, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { contentionOf } from './contention';
import { functionTask } from './function-task';
import { orderFunctionRetriers } from './retries';
import { ENTERED_AT, OWNER, jsonata, list, literal } from '../jsonata/expressions';
import { OrderStatus } from '../order-status';

/** @internal */
export interface OrderFunctionTaskProps {
  readonly stepName: string;
  readonly function: lambda.IFunction;
  readonly acceptedStatus: string;
  readonly rejectedStatus?: string;
  readonly busyStatus?: string;
  readonly contentionTimeout?: Duration;
  readonly undoFrom?: string;
  readonly timeout?: Duration;
  readonly retry?: sfn.RetryProps;
}

/**
 * A task whose function has its effect and writes the order's next status in one transaction.
 *
 * @internal
 */
export function orderFunctionTask(scope: Construct, id: string, props: OrderFunctionTaskProps): tasks.LambdaInvoke {
  const contention = contentionOf(scope, props);
  const write = [
    `'owner': ${OWNER}`, `'at': ${ENTERED_AT}`, `'step': ${literal(props.stepName)}`, `'accepted': ${literal(props.acceptedStatus)}`,
    ...(props.rejectedStatus ? [`'rejected': ${literal(props.rejectedStatus)}`] : []),
    ...(props.undoFrom ? [`'undoFrom': ${literal(props.undoFrom)}`] : []),
    ...(contention ? [`'busy': {'status': ${literal(contention.busyStatus)}, 'after': ${contention.lastTryAfter}}`] : []),
  ];
  const statuses = [
    props.acceptedStatus, ...(props.rejectedStatus ? [props.rejectedStatus] : []), ...(contention ? [contention.busyStatus] : []),
    OrderStatus.CANCELLED, OrderStatus.DUPLICATE,
  ];
  return functionTask(scope, id, {
    stateName: props.stepName,
    function: props.function,
    payload: sfn.TaskInput.fromText(jsonata(`{'order': $states.input, 'write': {${write.join(', ')}}}`)),
    // A result that is not the order would be lost on the way to the next state; here it can still be caught.
    outputs: jsonata(`($order := $states.result.Payload; $type($order) = 'object' and $order.status in ${list(statuses)} ? $order `
      + ": $error('the function returned ' & $substring($string($order), 0, 200) & ', which is not the order in a status of this step'))"),
    timeout: props.timeout,
    retriers: [...(contention ? [contention.retrier] : []), ...orderFunctionRetriers(props.retry)],
  });
}
