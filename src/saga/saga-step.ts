import { Duration } from 'aws-cdk-lib';
import { DEFAULT_CONTENTION_TIMEOUT } from '../private/contention';
import { ClosingTaskProps } from '../steps/closing-step';
import { StepDetails } from '../steps/step-details';

/** A bound step and its place among the others. @internal */
export interface SagaStep<Details extends StepDetails = StepDetails> {
  readonly stepName: string;
  readonly config: Details;
  /** What the idempotency keys of the step and of its compensation begin with. */
  readonly idempotencyPrefix: string;
  /** Where the undo begins when this step rejects: the nearest earlier step with a compensation. */
  readonly undoBefore?: string;
  /** Where the undo begins when this step failed: the same, or the step itself. */
  readonly undoFrom?: string;
}

/** The kinds of steps that an order takes. @internal */
export type ForwardDetails = Exclude<StepDetails, { readonly kind: 'compensationOnly' }>;

/** @internal */
export type ForwardStep = SagaStep<ForwardDetails>;

/** A bound closing step. @internal */
export interface SagaClosingStep {
  readonly stepName: string;
  readonly config: ClosingTaskProps;
}

/** The steps that an order takes, without those that only undo. @internal */
export function forwardSteps(steps: SagaStep[]): ForwardStep[] {
  return steps.filter((step): step is ForwardStep => step.config.kind !== 'compensationOnly');
}

/** @internal */
export function rejectedStatuses(config: ForwardDetails): string[] {
  switch (config.kind) {
    case 'task': return config.rejectedStatuses ?? [];
    case 'transactional': return [config.rejectedStatus, config.busyStatus].filter((status) => status !== undefined);
    case 'waiting': return [config.rejectedStatus];
    case 'statusOnly': return [];
  }
}

/** How long the step is tried again under contention. @internal */
export function contentionTimeout(config: ForwardDetails): Duration | undefined {
  return config.kind === 'transactional' && config.busyStatus ? config.contentionTimeout ?? DEFAULT_CONTENTION_TIMEOUT : undefined;
}

/** Every status that the step can give an order. @internal */
export function declaredStatuses(config: StepDetails): string[] {
  if (config.kind === 'compensationOnly') {
    return [];
  }
  return [config.acceptedStatus, ...(config.kind === 'waiting' ? [config.waitingStatus] : []), ...rejectedStatuses(config)];
}
