import { IOrderStep, OrderStepConfig } from '../steps/order-step';

/**
 * A bound step, with what its place among the others decides.
 *
 * @internal
 */
export interface SagaStep {
  readonly step: IOrderStep;
  readonly config: OrderStepConfig;
  /** Where the undo begins when this step rejects: the nearest earlier step with a compensation. */
  readonly undoBefore?: string;
  /** Where the undo begins when this step failed: the same, or the step itself. */
  readonly undoFrom?: string;
}

/** @internal */
export function declaredStatuses(config: OrderStepConfig): string[] {
  return [config.acceptedStatus, config.waitingStatus, ...(config.rejectedStatuses ?? [])].filter((status): status is string => !!status);
}
