import { Duration, aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { IStepCompensation } from './step-compensation';

/**
 * Properties for `OrderStepConfig.task`.
 */
export interface TaskStepProps {
  /**
   * The states that do the step's work.
   *
   * Their input is the order. The output of the last one is an object with the step's `status`, a `reason` if
   * there is one, and whatever else is to be kept in `results.<stepName>` of the order. A step that declares no
   * rejected status may leave out its `status`.
   */
  readonly states: sfn.IChainable;

  /**
   * The status of an order that the step accepted.
   */
  readonly acceptedStatus: string;

  /**
   * The statuses of an order that the step rejected.
   *
   * @default - the step rejects no order
   */
  readonly rejectedStatuses?: string[];

  /**
   * Undoes the step.
   *
   * @default - there is nothing to undo
   */
  readonly compensation?: IStepCompensation;

  /**
   * A JSONata condition on the order, `$states.input`; where it does not hold, the step is skipped.
   *
   * @default - the step runs for every order
   */
  readonly onlyIf?: string;
}

/**
 * Properties for `OrderStepConfig.transactional`.
 */
export interface TransactionalStepProps {
  /**
   * The function that has the step's effect and writes the order's new status in one transaction.
   *
   * It is invoked with `{ order, write }`, and returns the order as it was written.
   */
  readonly handler: lambda.IFunction;

  /**
   * The status of an order that the step accepted.
   */
  readonly acceptedStatus: string;

  /**
   * The status of an order that the step rejected.
   *
   * @default - the step rejects no order
   */
  readonly rejectedStatus?: string;

  /**
   * The status of an order whose transaction met others on the same items for longer than `contentionTimeout`.
   *
   * The function throws an error named `TransactionConflict` until `write.busy.after`, and is then invoked again; from that time on it
   * rejects the order with `write.busy.status`.
   *
   * @default - the step fails when the transaction meets others for too long
   */
  readonly busyStatus?: string;

  /**
   * For how long a transaction that meets others on the same items is tried again, from five seconds to an hour; with `busyStatus` only.
   *
   * @default Duration.minutes(1)
   */
  readonly contentionTimeout?: Duration;

  /**
   * Undoes the step.
   *
   * @default - there is nothing to undo
   */
  readonly compensation?: IStepCompensation;

  /**
   * A JSONata condition on the order, `$states.input`; where it does not hold, the step is skipped.
   *
   * @default - the step runs for every order
   */
  readonly onlyIf?: string;

  /**
   * Whether the function, as the first step of a workflow, can create the order's row or take over the one of the intake.
   *
   * @default false
   */
  readonly opensOrder?: boolean;

  /**
   * How long the task may take before it counts as failed.
   *
   * @default - the timeout of the function and five seconds, or a minute when that is not known
   */
  readonly timeout?: Duration;

  /**
   * How the task is retried; what is left out keeps its default. The longest delay of 30 seconds is for an `interval` that is shorter.
   *
   * @default - transient errors up to 3 times after 2, 4 and 8 seconds, with full jitter
   */
  readonly retry?: sfn.RetryProps;
}

/**
 * Properties for `OrderStepConfig.waiting`.
 */
export interface WaitingStepProps {
  /**
   * The status of an order that waits for a decision.
   */
  readonly waitingStatus: string;

  /**
   * The status of an order that was approved.
   */
  readonly acceptedStatus: string;

  /**
   * The status of an order that was declined, or whose wait timed out.
   */
  readonly rejectedStatus: string;

  /**
   * How long an order waits, from a second to a year; then it is rejected.
   */
  readonly timeout: Duration;

  /**
   * Undoes the step.
   *
   * @default - there is nothing to undo
   */
  readonly compensation?: IStepCompensation;

  /**
   * A JSONata condition on the order, `$states.input`; where it does not hold, the step is skipped.
   *
   * @default - the step runs for every order
   */
  readonly onlyIf?: string;
}

/**
 * Properties for `OrderStepConfig.statusOnly`.
 */
export interface StatusOnlyStepProps {
  /**
   * The status that the step writes.
   */
  readonly acceptedStatus: string;

  /**
   * Undoes what the status stands for.
   *
   * @default - there is nothing to undo
   */
  readonly compensation?: IStepCompensation;

  /**
   * A JSONata condition on the order, `$states.input`; where it does not hold, the step is skipped.
   *
   * @default - the step runs for every order
   */
  readonly onlyIf?: string;

  /**
   * How long the write may take before it counts as failed.
   *
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;

  /**
   * How the write is retried; what is left out keeps its default. The longest delay of 30 seconds is for an `interval` that is shorter.
   *
   * @default - transient errors up to 3 times after 2, 4 and 8 seconds, with full jitter
   */
  readonly retry?: sfn.RetryProps;
}

/**
 * Properties for `OrderStepConfig.compensationOnly`.
 */
export interface CompensationOnlyStepProps {
  /**
   * Undoes what happened before the order was started.
   */
  readonly compensation: IStepCompensation;
}
