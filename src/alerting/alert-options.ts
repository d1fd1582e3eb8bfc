import { Duration } from 'aws-cdk-lib';

/**
 * Options that every alert target has.
 */
export interface AlertTargetOptions {
  /**
   * The name of the target, unique among the alert targets of its workflow.
   *
   * @default - the class without `Alert`, such as `Slack`
   */
  readonly targetName?: string;

  /**
   * The kinds of alert to deliver: see `AlertKind`.
   *
   * Alarms have no kind. They are delivered only if `AlertKind.ALARM` is one of these.
   *
   * @default - all kinds, and alarms
   */
  readonly kinds?: string[];

  /**
   * The names of the steps and closing steps whose alerts are delivered.
   *
   * An alert that concerns no step, such as an alarm, is delivered too, unless `kinds` excludes it.
   *
   * @default - all
   */
  readonly steps?: string[];
}

/**
 * Options of alert targets that deduplicate.
 */
export interface DeduplicatedAlertOptions extends AlertTargetOptions {
  /**
   * How long the same failure of the same order is not delivered again.
   *
   * @default Duration.minutes(15)
   */
  readonly repeatWindow?: Duration;
}
