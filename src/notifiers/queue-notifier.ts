import { aws_events_targets as targets, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DETAIL, notifierRule } from './notifier-rule';
import { IOrderNotifier, NotifierOptions, OrderNotifierBindOptions } from './order-notifier';

/**
 * Puts changes of status onto an SQS queue.
 */
export class QueueNotifier implements IOrderNotifier {
  /**
   * @param queue the queue; one with a key must let EventBridge use it
   * @param options which changes
   */
  constructor(private readonly queue: sqs.IQueue, private readonly options: NotifierOptions = {}) {}

  public bind(scope: Construct, options: OrderNotifierBindOptions): void {
    notifierRule(scope, options, this.options, (delivery) => new targets.SqsQueue(this.queue, {
      ...delivery,
      message: DETAIL,
      // The bus fills in nothing here, so the orders of a FIFO queue share one sequence.
      ...(this.queue.fifo ? { messageGroupId: 'orders' } : {}),
    }));
  }
}
