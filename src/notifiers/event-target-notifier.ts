import { aws_events as events } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IOrderNotifier, NotifierOptions, OrderNotifierBindOptions } from './order-notifier';
import { checkStatuses } from './possible-status';

/**
 * Hands changes of status to any target that EventBridge knows.
 *
 * How a target retries, and where it parks what it could not deliver, is said when it is made.
 */
export class EventTargetNotifier implements IOrderNotifier {
  /**
   * @param target the target
   * @param options which changes
   */
  constructor(private readonly target: events.IRuleTarget, private readonly options: NotifierOptions = {}) {}

  public bind(scope: Construct, options: OrderNotifierBindOptions): void {
    checkStatuses(scope, options, 'statuses', this.options.statuses);
    options.publisher.onStatusChanged(`${scope.node.id}Rule`, { statuses: this.options.statuses, target: this.target });
  }
}
