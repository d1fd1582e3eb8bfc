import { Construct } from 'constructs';
import { OrderStepConfig } from './order-step-config';
import { IStepHost } from '../step-host';

/**
 * A step of an order's workflow.
 *
 * Implement it to add a step of your own; `InvokeFunction` and `RunStates` cover most needs without that.
 */
export interface IOrderStep {
  /**
   * The name of the step, unique within its workflow.
   */
  readonly stepName: string;

  /**
   * Makes what the step needs and returns how it takes part in the workflow.
   *
   * @param scope the parent of what the step makes, its own
   * @param host the workflow
   */
  bind(scope: Construct, host: IStepHost): OrderStepConfig;
}
