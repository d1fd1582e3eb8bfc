import { aws_iam as iam, aws_lambda as lambda, aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlertTargetBindOptions, AlertTargetOptions, IAlertTarget } from './alert-target';
import { subscribe } from './subscribe';

/**
 * Calls a function of yours with each alert.
 *
 * What could not be handed to the function is parked. What it throws is retried by Lambda twice, and then its own matter.
 */
export class FunctionAlert implements IAlertTarget {
  /**
   * @param handler the function
   * @param options which alerts
   */
  constructor(private readonly handler: lambda.IFunction, private readonly options: AlertTargetOptions = {}) {}

  public bind(scope: Construct, options: AlertTargetBindOptions): void {
    const { topicArn } = options.alerts.topic;
    // The subscription of the CDK lets a topic call a function once; a function can be told by two targets, with a filter each.
    this.handler.addPermission('Permission', { scope, principal: new iam.ServicePrincipal('sns.amazonaws.com'), sourceArn: topicArn });
    subscribe(scope, options, this.options, {
      bind: () => ({ subscriberId: 'Subscription', protocol: sns.SubscriptionProtocol.LAMBDA, endpoint: this.handler.functionArn }),
    });
  }
}
