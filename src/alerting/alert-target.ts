import { Duration, aws_kms as kms, aws_logs as logs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FailureAlerts } from './failure-alerts';
import { FunctionSettings } from '../function-settings';

/**
 * Tells somebody what went wrong.
 *
 * Implement it to add a target of your own; `SubscriptionAlert` covers everything that can subscribe to an SNS topic.
 */
export interface IAlertTarget {
  /**
   * Makes what the target needs.
   *
   * @param scope where to make constructs: a namespace of this target's own
   * @param options what the workflow offers to the target
   */
  bind(scope: Construct, options: AlertTargetBindOptions): void;
}

/**
 * What a workflow offers to an alert target that is bound to it.
 */
export interface AlertTargetBindOptions {
  /**
   * Where failures are told: the topic, and the table of what was told already.
   */
  readonly alerts: FailureAlerts;

  /**
   * The name of the workflow, for whoever hears of several.
   */
  readonly workflowName: string;

  /**
   * The log group of the state machine, to link to.
   *
   * @default - no links to logs
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * How to tune the functions that the target makes.
   *
   * @default - the defaults of `FunctionSettings`
   */
  readonly functionSettings?: FunctionSettings;

  /**
   * The key that encrypts what the target makes.
   *
   * @default - the keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * Which alerts a target is told.
 */
export interface AlertTargetOptions {
  /**
   * The kinds to tell of: see `AlertKind`.
   *
   * Alarms carry no kind. A target with kinds hears of them only if `AlertKind.ALARM` is among these.
   *
   * @default - all, and alarms
   */
  readonly kinds?: string[];

  /**
   * The names of the steps to tell of.
   *
   * What concerns no step, such as an alarm, is told all the same, unless `kinds` leaves it out.
   *
   * @default - all
   */
  readonly steps?: string[];
}

/**
 * Which alerts a target is told, and how often.
 */
export interface OnceAlertOptions extends AlertTargetOptions {
  /**
   * For how long the same failure of the same order is not told again.
   *
   * @default Duration.minutes(15)
   */
  readonly repeatWindow?: Duration;
}
