import { aws_events_targets as targets, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NotifierOptions } from './notifier-options';
import { DETAIL, notifierRule } from './notifier-rule';
import { IOrderNotifier } from './order-notifier';
import { IOrderWorkflow } from '../order-workflow';

/**
 * Sends changes of status to an SQS queue.
 */
export class QueueNotifier implements IOrderNotifier {
  /**
   * The name of the notifier.
   */
  public readonly notifierName: string;

  /**
   * @param queue the queue; the key of an encrypted one must allow EventBridge to use it
   * @param options the name and the statuses
   */
  constructor(private readonly queue: sqs.IQueue, private readonly options: NotifierOptions = {}) {
    this.notifierName = options.notifierName ?? 'Queue';
  }

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    notifierRule(scope, workflow, this.options.statuses, (delivery) => new targets.SqsQueue(this.queue, {
      ...delivery,
      message: DETAIL,
      // EventBridge takes no group from the event, so all orders of a FIFO queue share one group.
      ...(this.queue.fifo ? { messageGroupId: 'orders' } : {}),
    }));
  }
}
