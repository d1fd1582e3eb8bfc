import { aws_sns_subscriptions as subscriptions } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlertTargetBindOptions, AlertTargetOptions, IAlertTarget } from './alert-target';
import { subscribe } from './subscribe';

/**
 * Mails alerts, as SNS mails them: as JSON, once the recipient has confirmed.
 */
export class EmailAlert implements IAlertTarget {
  /**
   * @param address the recipient
   * @param options which alerts
   */
  constructor(private readonly address: string, private readonly options: AlertTargetOptions = {}) {}

  public bind(scope: Construct, options: AlertTargetBindOptions): void {
    subscribe(scope, options, this.options, new subscriptions.EmailSubscription(this.address));
  }
}
