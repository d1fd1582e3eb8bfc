import { aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { functionTarget, notifierRule } from './notifier-rule';
import { IOrderNotifier, NotifierOptions, OrderNotifierBindOptions } from './order-notifier';

/**
 * Calls a function of yours with changes of status: it gets the detail of the event.
 *
 * What it throws is tried again twice and then parked, unless the function says itself what becomes of that.
 */
export class FunctionNotifier implements IOrderNotifier {
  /**
   * @param handler the function
   * @param options which changes
   */
  constructor(private readonly handler: lambda.IFunction, private readonly options: NotifierOptions = {}) {}

  public bind(scope: Construct, options: OrderNotifierBindOptions): void {
    notifierRule(scope, options, this.options, (delivery) => functionTarget(this.handler, delivery));
  }
}
