import { aws_sns_subscriptions as subscriptions, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlertTargetBindOptions, AlertTargetOptions, IAlertTarget } from './alert-target';
import { subscribe } from './subscribe';

/**
 * Puts alerts onto an SQS queue, as they are and without the envelope of SNS.
 */
export class QueueAlert implements IAlertTarget {
  /**
   * @param queue the queue; an imported one must let SNS send to it, and use its key
   * @param options which alerts
   */
  constructor(private readonly queue: sqs.IQueue, private readonly options: AlertTargetOptions = {}) {}

  public bind(scope: Construct, options: AlertTargetBindOptions): void {
    subscribe(scope, options, this.options, new subscriptions.SqsSubscription(this.queue, { rawMessageDelivery: true }));
  }
}
