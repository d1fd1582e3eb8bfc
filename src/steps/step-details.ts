import {
  CompensationOnlyStepProps, StatusOnlyStepProps, TaskStepProps, TransactionalStepProps, WaitingStepProps,
} from './step-config-props';

/** A step by its kind. @internal */
export type StepDetails =
  | ({ readonly kind: 'task'; readonly recordsPayment: boolean } & TaskStepProps)
  | ({ readonly kind: 'transactional' } & TransactionalStepProps)
  | ({ readonly kind: 'waiting' } & WaitingStepProps)
  | ({ readonly kind: 'statusOnly' } & StatusOnlyStepProps)
  | ({ readonly kind: 'compensationOnly' } & CompensationOnlyStepProps);
