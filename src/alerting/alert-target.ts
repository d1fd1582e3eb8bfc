import { Construct } from 'constructs';
import { IOrderWorkflow } from '../order-workflow';

/**
 * Delivers alerts to a receiver.
 *
 * Implement it to add a target of your own; `SubscriptionAlert` covers every subscription of SNS.
 */
export interface IAlertTarget {
  /**
   * The name of the target, unique among the alert targets of its workflow; construct ids begin with it.
   */
  readonly targetName: string;

  /**
   * Creates the resources of the target.
   *
   * @param scope the scope for new constructs, which no other target uses
   * @param workflow the workflow whose alerts are delivered
   */
  bind(scope: Construct, workflow: IOrderWorkflow): void;
}
