import { Duration, aws_sns as sns } from 'aws-cdk-lib';
import { OrderSaga } from '../saga/order-saga';

/**
 * When orders of interrupted executions are recovered.
 */
export interface RecoveryOptions {
  /**
   * How often the open orders are swept.
   *
   * Orders of a STANDARD workflow are mostly recovered at once, by the event that reports the end of their execution.
   *
   * @default Duration.minutes(5)
   */
  readonly sweepInterval?: Duration;

  /**
   * How old an open order is when a sweep checks it: longer than nearly all orders take.
   *
   * An order whose execution is running is left alone, and not checked before the longest time of its step is over. An EXPRESS execution cannot be described, so its order must be older than
   * five and a half minutes, which is longer than it can run.
   *
   * @default Duration.minutes(10)
   */
  readonly overdueAfter?: Duration;
}

/**
 * Properties for OrderRecovery.
 */
export interface OrderRecoveryProps extends RecoveryOptions {
  /**
   * The saga whose orders are recovered. Its table of orders needs the index `open-orders`.
   */
  readonly saga: OrderSaga;

  /**
   * The SNS topic that receives failure notifications.
   */
  readonly failureTopic: sns.ITopic;

  /**
   * The name of the workflow.
   */
  readonly workflowName: string;
}
