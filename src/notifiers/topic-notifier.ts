import { aws_events_targets as targets, aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NotifierOptions } from './notifier-options';
import { DETAIL, notifierRule } from './notifier-rule';
import { IOrderNotifier } from './order-notifier';
import { IOrderWorkflow } from '../order-workflow';
import { ValidationError } from '../private/validation-error';

/**
 * Publishes changes of status to an SNS topic.
 */
export class TopicNotifier implements IOrderNotifier {
  /**
   * The name of the notifier.
   */
  public readonly notifierName: string;

  /**
   * @param topic the topic; the key of an encrypted one must allow EventBridge to use it
   * @param options the name and the statuses
   */
  constructor(private readonly topic: sns.ITopic, private readonly options: NotifierOptions = {}) {
    this.notifierName = options.notifierName ?? 'Topic';
  }

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    if (this.topic.fifo) {
      throw new ValidationError(
        `the topic ${this.topic.node.path} is a FIFO topic, and a rule of EventBridge sends it no message group:`
        + ' use a standard topic, or a QueueNotifier with a FIFO queue',
        scope,
      );
    }
    notifierRule(scope, workflow, this.options.statuses, (delivery) => new targets.SnsTopic(this.topic, { ...delivery, message: DETAIL }));
  }
}
