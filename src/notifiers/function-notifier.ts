import { aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NotifierOptions } from './notifier-options';
import { functionTarget, notifierRule } from './notifier-rule';
import { IOrderNotifier } from './order-notifier';
import { IOrderWorkflow } from '../order-workflow';
import { dependsOn } from '../private/across-stacks';
import { ValidationError } from '../private/validation-error';

/**
 * Invokes your function with changes of status: its event is the detail of the `OrderStatusChanged` event.
 *
 * Lambda retries an error of the function twice and then sends the event to the dead-letter queue, unless the function has its own
 * settings for asynchronous invocation.
 */
export class FunctionNotifier implements IOrderNotifier {
  /**
   * The name of the notifier.
   */
  public readonly notifierName: string;

  /**
   * @param handler the function
   * @param options the name and the statuses
   */
  constructor(private readonly handler: lambda.IFunction, private readonly options: NotifierOptions = {}) {
    this.notifierName = options.notifierName ?? 'Function';
  }

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    if (dependsOn(this.handler, scope)) {
      throw new ValidationError(
        `the stack of the function ${this.handler.node.path} depends on that of the workflow, whose rule needs the function:`
        + ' make a rule in the stack of the function, with workflow.eventBus and OrderStatusChanged.pattern(workflow.workflowName)',
        scope,
      );
    }
    notifierRule(scope, workflow, this.options.statuses, (delivery) => functionTarget(scope, this.handler, delivery));
  }
}
