import { aws_events_targets as targets, aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DETAIL, notifierRule } from './notifier-rule';
import { IOrderNotifier, NotifierOptions, OrderNotifierBindOptions } from './order-notifier';

/**
 * Publishes changes of status to an SNS topic.
 */
export class TopicNotifier implements IOrderNotifier {
  /**
   * @param topic the topic; one with a key must let EventBridge use it
   * @param options which changes
   */
  constructor(private readonly topic: sns.ITopic, private readonly options: NotifierOptions = {}) {}

  public bind(scope: Construct, options: OrderNotifierBindOptions): void {
    notifierRule(scope, options, this.options, (delivery) => new targets.SnsTopic(this.topic, { ...delivery, message: DETAIL }));
  }
}
