import { Construct } from 'constructs';
import { IOrderWorkflow } from '../order-workflow';

/**
 * Delivers changes of status to a receiver.
 *
 * Implement it to add a notifier of your own; `EventTargetNotifier` covers every target of EventBridge.
 */
export interface IOrderNotifier {
  /**
   * The name of the notifier, unique among the notifiers of its workflow; construct ids begin with it.
   */
  readonly notifierName: string;

  /**
   * Creates the resources of the notifier.
   *
   * @param scope the scope for new constructs, which no other notifier uses
   * @param workflow the workflow whose changes of status are delivered
   */
  bind(scope: Construct, workflow: IOrderWorkflow): void;
}
