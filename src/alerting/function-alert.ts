import { aws_iam as iam, aws_lambda as lambda, aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlertTargetOptions } from './alert-options';
import { IAlertTarget } from './alert-target';
import { subscribe } from './subscribe';
import { IOrderWorkflow } from '../order-workflow';
import { dependsOn } from '../private/across-stacks';
import { ValidationError } from '../private/validation-error';

/**
 * Invokes your function with each alert.
 *
 * An alert that Lambda does not accept goes to the dead-letter queue. An error of the function is retried by Lambda twice, and then
 * handled as the function's own settings for asynchronous invocation say.
 */
export class FunctionAlert implements IAlertTarget {
  /**
   * The name of the target.
   */
  public readonly targetName: string;

  /**
   * @param handler the function
   * @param options the name and the filter
   */
  constructor(private readonly handler: lambda.IFunction, private readonly options: AlertTargetOptions = {}) {
    this.targetName = options.targetName ?? 'Function';
  }

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    if (dependsOn(this.handler, scope)) {
      throw new ValidationError(
        `the stack of the function ${this.handler.node.path} depends on that of the workflow, whose subscription needs the function:`
        + ' use SubscriptionAlert with a LambdaSubscription, which is made in the stack of the function',
        scope,
      );
    }
    const { topicArn } = workflow.failureTopic;
    // LambdaSubscription adds one permission per topic; two targets, with a filter each, can invoke one function.
    this.handler.addPermission('Permission', { scope, principal: new iam.ServicePrincipal('sns.amazonaws.com'), sourceArn: topicArn });
    subscribe(scope, workflow, this.options, {
      bind: () => ({ subscriberId: 'Subscription', protocol: sns.SubscriptionProtocol.LAMBDA, endpoint: this.handler.functionArn }),
    });
  }
}
