import { Duration, aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IOrderStep } from './order-step';
import { OrderStepConfig } from './order-step-config';
import { RefundPayment } from './refund-payment';
import { IStepHost } from '../step-host';

/**
 * Properties for ProcessPayment.prepaid.
 */
export interface PrepaidPaymentProps {
  /**
   * Refunds the payment; see `ProcessPaymentProps.refund`.
   *
   * The workflow charged nothing, so the function finds the payment by `orderId`, and refunds what was paid: `amount` is
   * only what the order states.
   */
  readonly refund: lambda.IFunction;

  /**
   * The name of the step, unique within its workflow.
   *
   * @default PrepaidPayment
   */
  readonly stepName?: string;
}

/** A prepaid charge is not in flight, but the provider's own records still take a moment. */
const PROVIDER_DELAY = Duration.seconds(10);

/**
 * Does nothing on the way forward, and refunds when the order is undone.
 *
 * @internal
 */
export class PrepaidPayment implements IOrderStep {
  public readonly stepName: string;

  constructor(private readonly props: PrepaidPaymentProps) {
    this.stepName = props.stepName ?? 'PrepaidPayment';
  }

  public bind(_scope: Construct, _host: IStepHost): OrderStepConfig {
    return OrderStepConfig.compensationOnly({ compensation: new RefundPayment(this.props.refund, PROVIDER_DELAY) });
  }
}
