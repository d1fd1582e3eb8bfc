import { Duration, aws_stepfunctions as sfn } from 'aws-cdk-lib';

/**
 * Settings of every step that is a single task.
 */
export interface StepSettings {
  /**
   * The name of the step, unique within its workflow.
   *
   * @default - the name of the step's class
   */
  readonly stepName?: string;

  /**
   * How long the task may take before it counts as failed.
   *
   * @default - the timeout of its function and five seconds, or a minute when that is not known
   */
  readonly timeout?: Duration;

  /**
   * How the task is retried; what is left out keeps its default. The longest delay of 30 seconds is for an `interval` that is shorter.
   *
   * @default - transient errors up to 3 times after 2, 4 and 8 seconds, with full jitter
   */
  readonly retry?: sfn.RetryProps;
}
