import { aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlertTargetOptions } from './alert-options';
import { IAlertTarget } from './alert-target';
import { subscribe } from './subscribe';
import { IOrderWorkflow } from '../order-workflow';

/**
 * Delivers alerts to any subscription of SNS.
 *
 * A filter policy or a dead-letter queue that the subscription has is kept.
 */
export class SubscriptionAlert implements IAlertTarget {
  /**
   * The name of the target.
   */
  public readonly targetName: string;

  /**
   * @param subscription the subscription
   * @param options the name and the filter
   */
  constructor(private readonly subscription: sns.ITopicSubscription, private readonly options: AlertTargetOptions = {}) {
    this.targetName = options.targetName ?? 'Subscription';
  }

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    subscribe(scope, workflow, this.options, this.subscription);
  }
}
