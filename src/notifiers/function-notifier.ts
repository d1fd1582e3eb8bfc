import { aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NotifierOptions } from './notifier-options';
import { functionTarget, notifierRule } from './notifier-rule';
import { IOrderNotifier } from './order-notifier';
import { IOrderWorkflow } from '../order-workflow';

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
    notifierRule(scope, workflow, this.options.statuses, (delivery) => functionTarget(this.handler, delivery));
  }
}
