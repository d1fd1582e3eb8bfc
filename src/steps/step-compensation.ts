import { aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * Undoes what a step has done.
 *
 * It is bound twice: into the state machine of the orders, and into that of the recovery. So `bind` makes states only; functions are made
 * where the step is bound.
 */
export interface IStepCompensation {
  /**
   * Makes the states that undo the step.
   *
   * Their input is the order. They must have no effect when there is nothing to undo, when they run twice, and
   * when a late effect of the step arrives after them. An output with `status: 'REFUNDED'` states that the payment was refunded.
   *
   * @param scope the parent of the states
   * @param options names for the states
   */
  bind(scope: Construct, options: CompensationOptions): sfn.IChainable;
}

/**
 * Options for the states of a compensation.
 */
export interface CompensationOptions {
  /**
   * The name of the step to undo.
   */
  readonly stepName: string;

  /**
   * The name for a single state, or the first words of the names of several.
   */
  readonly stateName: string;

  /**
   * What idempotency keys begin with: the key of the step is `<prefix>:<orderId>:<step>`, and that of its compensation ends with `:undo`.
   */
  readonly idempotencyPrefix: string;
}
