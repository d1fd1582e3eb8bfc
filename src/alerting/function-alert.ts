import { aws_lambda as lambda, aws_sns_subscriptions as subscriptions } from 'aws-cdk-lib';
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
    subscribe(scope, options, this.options, new subscriptions.LambdaSubscription(this.handler));
  }
}
