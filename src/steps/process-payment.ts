import { Duration, aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IOrderStep, OrderStepBindOptions, OrderStepConfig } from './order-step';
import { PrepaidPayment, PrepaidPaymentProps } from './prepaid-payment';
import { RefundPayment } from './refund-payment';
import { SimulatedPayment, SimulatedPaymentProps } from './simulated-payment';
import { StepSettings } from './step-settings';
import { functionTask, taskTimeout } from '../private/function-task';
import { functionRetrier } from '../private/retries';
import { idempotencyKey, jsonata, literal } from '../jsonata/expressions';

/**
 * How orders are charged.
 */
export interface ProcessPaymentProps extends StepSettings {
  /**
   * Charges an order: your connection to the payment provider.
   *
   * It gets `{ orderId, key, amount, currency, order }` and returns `{ status, transactionId, reason }` with the
   * status `APPROVED` or `DECLINED`. The same `key` must charge once, however often it is sent. An error or a
   * time-out means that nobody knows: the charge is then refunded.
   */
  readonly charge: lambda.IFunction;

  /**
   * Takes a charge back.
   *
   * It gets `{ orderId, key, chargeKey, amount, currency, charge, order }`, looks the charge up before it acts,
   * and returns `{ status }`: `REFUNDED`; `NOTHING_TO_REFUND`, after which a late charge with that key must be
   * impossible; or `UNKNOWN`, after which it is asked again.
   */
  readonly refund: lambda.IFunction;

  /**
   * The status of an order that was paid.
   *
   * @default PAID
   */
  readonly acceptedStatus?: string;

  /**
   * The status of an order whose payment was declined.
   *
   * @default PAYMENT_DECLINED
   */
  readonly rejectedStatus?: string;
}

/** A provider that failed twice is left alone. */
const PAYMENT_RETRIES = 2;

/**
 * Charges an order, once, and refunds it when a later step ends the order.
 */
export class ProcessPayment implements IOrderStep {
  /**
   * The order was paid before it began: nothing is charged, but it is refunded when the order comes to nothing.
   *
   * It stands before all other steps, as the payment did.
   *
   * @param props how to refund
   */
  public static prepaid(props: PrepaidPaymentProps): IOrderStep {
    return new PrepaidPayment(props);
  }

  /**
   * A payment provider of ours that moves no money: for demonstrations and tests.
   *
   * @param props how it answers
   */
  public static simulated(props: SimulatedPaymentProps = {}): IOrderStep {
    return new SimulatedPayment(props);
  }

  public readonly stepName: string;

  /**
   * @param props whom to ask, and what its answers mean
   */
  constructor(private readonly props: ProcessPaymentProps) {
    this.stepName = props.stepName ?? 'ProcessPayment';
  }

  public bind(scope: Construct, _options: OrderStepBindOptions): OrderStepConfig {
    const { charge, refund, acceptedStatus = 'PAID', rejectedStatus = 'PAYMENT_DECLINED', retry } = this.props;
    const { stepName } = this;
    const timeout: Duration = taskTimeout(scope, stepName, charge, this.props.timeout);
    return {
      action: functionTask(scope, 'Task', {
        stateName: stepName,
        function: charge,
        payload: sfn.TaskInput.fromText(jsonata('($order := $states.input; {'
          + `'orderId': $order.orderId, 'key': ${idempotencyKey('$order', stepName)}, 'amount': $order.totalAmount, `
          + "'currency': $order.currency, 'order': $order})")),
        outputs: jsonata("($charge := $type($states.result.Payload) = 'object' ? $states.result.Payload : {}; "
          + `$merge([$charge, {'status': $charge.status = 'APPROVED' ? ${literal(acceptedStatus)} `
          + `: $charge.status = 'DECLINED' ? ${literal(rejectedStatus)} : $charge.status}]))`),
        timeout,
        retriers: [functionRetrier({ maxAttempts: PAYMENT_RETRIES, ...retry })],
      }),
      acceptedStatus,
      rejectedStatuses: [rejectedStatus],
      recordsPayment: true,
      compensation: new RefundPayment(refund, timeout),
    };
  }
}
