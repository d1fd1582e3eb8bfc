import { Duration, aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IOrderStep, OrderStepBindOptions, OrderStepConfig } from './order-step';
import { RefundPayment } from './refund-payment';

/**
 * How an order that was paid before it began is refunded.
 */
export interface PrepaidPaymentProps {
  /**
   * Takes the payment back; see `ProcessPaymentProps.refund`.
   *
   * Nothing was charged here, so it finds the payment by `orderId`, and gives back what was paid: `amount` is
   * only what the order says.
   */
  readonly refund: lambda.IFunction;

  /**
   * The name of the step, unique within its workflow.
   *
   * @default PrepaidPayment
   */
  readonly stepName?: string;
}

/** A payment that was made is not in flight; the provider's own records still take a moment. */
const PROVIDER_DELAY = Duration.seconds(10);

/**
 * Does nothing on the way forward, and refunds when the order comes to nothing.
 *
 * @internal
 */
export class PrepaidPayment implements IOrderStep {
  public readonly stepName: string;

  constructor(private readonly props: PrepaidPaymentProps) {
    this.stepName = props.stepName ?? 'PrepaidPayment';
  }

  public bind(_scope: Construct, _options: OrderStepBindOptions): OrderStepConfig {
    return { compensation: new RefundPayment(this.props.refund, PROVIDER_DELAY) };
  }
}
