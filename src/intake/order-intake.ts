import { Construct } from 'constructs';
import { IOrderWorkflow } from '../order-workflow';

/**
 * A channel through which a workflow receives orders.
 *
 * Implement it to add a channel of your own.
 */
export interface IOrderIntake {
  /**
   * The name of the intake, unique among the intakes of its workflow; construct ids begin with it.
   */
  readonly intakeName: string;

  /**
   * Creates the resources of the intake.
   *
   * @param scope the scope for new constructs, which no other intake uses
   * @param workflow the workflow that receives the orders
   */
  bind(scope: Construct, workflow: IOrderWorkflow): void;
}
