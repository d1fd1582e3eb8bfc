import { Duration, aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OrderStepConfig } from './order-step-config';
import { RefundPayment } from './refund-payment';
import { idempotencyKey, jsonata, literal } from '../jsonata/expressions';
import { functionTask, taskTimeout } from '../private/function-task';
import { functionRetrier } from '../private/retries';
import { IStepHost } from '../step-host';

/** @internal */
export interface PaymentStepProps {
  readonly charge: lambda.IFunction;
  readonly refund: lambda.IFunction;
  readonly acceptedStatus?: string;
  readonly rejectedStatus?: string;
  readonly timeout?: Duration;
  readonly retry?: sfn.RetryProps;
}

/** Fewer than elsewhere: a provider that failed twice is not called again. */
const PAYMENT_RETRIES = 2;

/** A step that charges an order by the payment contract, and refunds it. @internal */
export function paymentStep(scope: Construct, stepName: string, { idempotencyPrefix }: IStepHost, props: PaymentStepProps): OrderStepConfig {
  const { charge, refund, acceptedStatus = 'PAID', rejectedStatus = 'PAYMENT_DECLINED', retry } = props;
  const timeout: Duration = taskTimeout(scope, stepName, charge, props.timeout);
  return OrderStepConfig._payment({
    states: functionTask(scope, 'Task', {
      stateName: stepName,
      function: charge,
      payload: sfn.TaskInput.fromText(jsonata('($order := $states.input; {'
        + `'orderId': $order.orderId, 'key': ${idempotencyKey(idempotencyPrefix, '$order', stepName)}, 'amount': $order.totalAmount, `
        + "'currency': $order.currency, 'order': $order})")),
      outputs: jsonata("($charge := $type($states.result.Payload) = 'object' ? $states.result.Payload : {}; "
        + `$merge([$charge, {'status': $charge.status = 'APPROVED' ? ${literal(acceptedStatus)} `
        + `: $charge.status = 'DECLINED' ? ${literal(rejectedStatus)} : $charge.status}]))`),
      timeout,
      retriers: [functionRetrier({ maxAttempts: PAYMENT_RETRIES, ...retry })],
    }),
    acceptedStatus,
    rejectedStatuses: [rejectedStatus],
    compensation: new RefundPayment(refund, timeout),
  });
}
