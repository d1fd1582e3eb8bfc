import { aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IOrderStep } from './order-step';
import { OrderStepConfig } from './order-step-config';
import { paymentStep } from './payment-step';
import { PrepaidPayment, PrepaidPaymentProps } from './prepaid-payment';
import { SimulatedPayment, SimulatedPaymentProps } from './simulated-payment';
import { StepSettings } from './step-settings';
import { IStepHost } from '../step-host';

/**
 * Properties for ProcessPayment.
 */
export interface ProcessPaymentProps extends StepSettings {
  /**
   * The function that charges an order: your connection to the payment provider.
   *
   * It is invoked with `{ orderId, key, amount, currency, order }` and returns `{ status, transactionId, reason }` with the
   * status `APPROVED` or `DECLINED`. The same `key`, `<idempotencyPrefix>:<orderId>:<step>`, must charge once, however often it is sent. After an error or a
   * timeout the outcome is unknown: the charge is then refunded.
   */
  readonly charge: lambda.IFunction;

  /**
   * The function that refunds a charge.
   *
   * It is invoked with `{ orderId, key, chargeKey, amount, currency, charge, order }`, looks the charge up before it acts,
   * and returns `{ status }`: `REFUNDED`; `NOTHING_TO_REFUND`, after which a late charge with that key must be
   * impossible; or `UNKNOWN`, after which it is invoked again.
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

/**
 * Charges an order, once, and refunds it when a later step ends the order.
 */
export class ProcessPayment implements IOrderStep {
  /**
   * A step for orders that were paid before they were started: it charges nothing, and refunds when the order is undone.
   *
   * It is the first of the steps, as the payment was.
   *
   * @param props properties of the step
   */
  public static prepaid(props: PrepaidPaymentProps): IOrderStep {
    return new PrepaidPayment(props);
  }

  /**
   * A step with a simulated payment provider that moves no money: for demonstrations and tests.
   *
   * @param props properties of the step
   */
  public static simulated(props: SimulatedPaymentProps = {}): IOrderStep {
    return new SimulatedPayment(props);
  }

  public readonly stepName: string;

  /**
   * @param props properties of the step
   */
  constructor(private readonly props: ProcessPaymentProps) {
    this.stepName = props.stepName ?? 'ProcessPayment';
  }

  public bind(scope: Construct, host: IStepHost): OrderStepConfig {
    return paymentStep(scope, this.stepName, host, this.props);
  }
}
