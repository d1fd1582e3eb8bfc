import { aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NotifierOptions } from './notifier-options';
import { DETAIL, notifierRule } from './notifier-rule';
import { IOrderNotifier } from './order-notifier';
import { queueTarget } from './queue-target';
import { IOrderWorkflow } from '../order-workflow';
import { isInAnotherStack } from '../private/across-stacks';
import { checkContentDeduplication } from '../private/fifo';
import { ValidationError } from '../private/validation-error';

/**
 * Sends changes of status to an SQS queue.
 */
export class QueueNotifier implements IOrderNotifier {
  /**
   * The name of the notifier.
   */
  public readonly notifierName: string;

  /**
   * @param queue the queue, a FIFO one with content-based deduplication; the key of an encrypted one must allow EventBridge to use it, and one in another stack needs a key
   * @param options the name and the statuses
   */
  constructor(private readonly queue: sqs.IQueue, private readonly options: NotifierOptions = {}) {
    this.notifierName = options.notifierName ?? 'Queue';
  }

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    if (isInAnotherStack(this.queue, scope) && !this.queue.encryptionMasterKey) {
      throw new ValidationError(
        `the queue ${this.queue.node.path} is in another stack and has no KMS key, so the CDK would name the rule in its policy and the queue in the rule,`
        + ' and each stack would depend on the other: set encryptionMasterKey of the queue, make it in the stack of the workflow,'
        + ' or import it with Queue.fromQueueArn and allow events.amazonaws.com in its policy',
        scope,
      );
    }
    checkContentDeduplication(scope, this.queue);
    notifierRule(scope, workflow, this.options.statuses, (delivery) => queueTarget(this.queue, {
      ...delivery,
      message: DETAIL,
      // EventBridge takes no group from the event, so all orders of a FIFO queue share one group.
      ...(this.queue.fifo ? { messageGroupId: 'orders' } : {}),
    }));
  }
}
