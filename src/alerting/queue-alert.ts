import { aws_sns_subscriptions as subscriptions, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlertTargetOptions } from './alert-options';
import { IAlertTarget } from './alert-target';
import { subscribe } from './subscribe';
import { IOrderWorkflow } from '../order-workflow';

/**
 * Sends alerts to an SQS queue, without the envelope of SNS.
 */
export class QueueAlert implements IAlertTarget {
  /**
   * The name of the target.
   */
  public readonly targetName: string;

  /**
   * @param queue the queue; the policies of an imported one and of its key must allow SNS to use them
   * @param options the name and the filter
   */
  constructor(private readonly queue: sqs.IQueue, private readonly options: AlertTargetOptions = {}) {
    this.targetName = options.targetName ?? 'Queue';
  }

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    subscribe(scope, workflow, this.options, new subscriptions.SqsSubscription(this.queue, { rawMessageDelivery: true }));
  }
}
