import { Duration } from 'aws-cdk-lib';

/**
 * How a workflow is watched.
 */
export interface MonitoringOptions {
  /**
   * Whether there are alarms; they are told to the topic of the alerts, when they begin and when they are over.
   *
   * Those of dead-letter queues and of the function that looks for overdue orders belong to these, and stay.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * From where on the alarms are raised.
   *
   * @default - the defaults of `AlarmThresholds`
   */
  readonly thresholds?: AlarmThresholds;

  /**
   * Whether there is a dashboard.
   *
   * @default true
   */
  readonly dashboard?: boolean;

  /**
   * The name of the dashboard.
   *
   * @default - a name that CloudFormation makes
   */
  readonly dashboardName?: string;

  /**
   * Whether queries are saved with which to look into the logs.
   *
   * @default true
   */
  readonly savedQueries?: boolean;

  /**
   * The prices by which the dashboard estimates what orders cost.
   *
   * @default - the defaults of `EstimatedPrices`
   */
  readonly prices?: EstimatedPrices;
}

/**
 * From where on the alarms of a workflow are raised: counts within five minutes, if nothing else is said.
 *
 * A threshold of 0 leaves its alarm out.
 */
export interface AlarmThresholds {
  /**
   * Orders that failed. Each is told on its own as well, so this is about many at a time.
   *
   * @default 5
   */
  readonly ordersFailed?: number;

  /**
   * Orders whose undo failed, so that a person has to look at them.
   *
   * @default 1
   */
  readonly ordersNeedingAttention?: number;

  /**
   * Open orders past their deadline, for a quarter of an hour: recovery does not get them done.
   *
   * @default 1
   */
  readonly overdueOrders?: number;

  /**
   * Executions that timed out or were aborted: nothing in the state machine could tell of it.
   *
   * @default 1
   */
  readonly executionsDied?: number;

  /**
   * State transitions that Step Functions put off because there were too many in the account; STANDARD only.
   *
   * @default 10
   */
  readonly executionsThrottled?: number;

  /**
   * Errors of the functions of the workflow, all together; most of them are tried again.
   *
   * @default 10
   */
  readonly functionErrors?: number;

  /**
   * Invocations of these functions that Lambda refused because there were too many.
   *
   * @default 5
   */
  readonly functionThrottles?: number;

  /**
   * Requests that DynamoDB throttled or failed at, over all tables of the workflow.
   *
   * @default 10
   */
  readonly tableErrors?: number;

  /**
   * Requests that the HTTP intakes answered with 500 or above.
   *
   * @default 5
   */
  readonly httpServerErrors?: number;

  /**
   * How long after a change of status it is told.
   *
   * @default Duration.minutes(5)
   */
  readonly publishingDelay?: Duration;

  /**
   * Alerts that the topic could not deliver.
   *
   * @default 1
   */
  readonly alertsNotDelivered?: number;
}

/**
 * Prices in US dollars, for an estimate: what a region, a discount or a free tier changes is not in the defaults.
 */
export interface EstimatedPrices {
  /**
   * A million state transitions of a STANDARD state machine.
   *
   * @default 25
   */
  readonly millionTransitions?: number;

  /**
   * A million executions of an EXPRESS state machine.
   *
   * @default 1
   */
  readonly millionExpressExecutions?: number;

  /**
   * A gigabyte-second of an EXPRESS execution.
   *
   * @default 0.00001667
   */
  readonly expressGigabyteSecond?: number;

  /**
   * A million invocations of Lambda functions.
   *
   * @default 0.2
   */
  readonly millionInvocations?: number;

  /**
   * A gigabyte-second of a Lambda function.
   *
   * @default - 0.0000133334 for arm64, 0.0000166667 for x86_64
   */
  readonly lambdaGigabyteSecond?: number;

  /**
   * A million write units of DynamoDB, paid by use.
   *
   * @default 0.625
   */
  readonly millionWrites?: number;

  /**
   * A million read units of DynamoDB, paid by use.
   *
   * @default 0.125
   */
  readonly millionReads?: number;
}
