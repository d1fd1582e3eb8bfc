import { aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlertTargetBindOptions, AlertTargetOptions, IAlertTarget } from './alert-target';
import { subscribe } from './subscribe';

/**
 * Tells any subscription that SNS knows.
 *
 * A filter or a dead-letter queue that the subscription brings is kept.
 */
export class SubscriptionAlert implements IAlertTarget {
  /**
   * @param subscription the subscription
   * @param options which alerts
   */
  constructor(private readonly subscription: sns.ITopicSubscription, private readonly options: AlertTargetOptions = {}) {}

  public bind(scope: Construct, options: AlertTargetBindOptions): void {
    subscribe(scope, options, this.options, this.subscription);
  }
}
