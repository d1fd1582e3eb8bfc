import { aws_sns_subscriptions as subscriptions } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlertTargetOptions } from './alert-options';
import { IAlertTarget } from './alert-target';
import { subscribe } from './subscribe';
import { IOrderWorkflow } from '../order-workflow';

/**
 * Delivers alerts by email as SNS does: as JSON, once the recipient has confirmed the subscription.
 */
export class EmailAlert implements IAlertTarget {
  /**
   * The name of the target.
   */
  public readonly targetName: string;

  /**
   * @param address the recipient
   * @param options the name and the filter
   */
  constructor(private readonly address: string, private readonly options: AlertTargetOptions = {}) {
    this.targetName = options.targetName ?? 'Email';
  }

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    subscribe(scope, workflow, this.options, new subscriptions.EmailSubscription(this.address));
  }
}
