import { Duration } from 'aws-cdk-lib';

/**
 * Options for the monitoring of a workflow.
 */
export interface MonitoringOptions {
  /**
   * Whether there are alarms; they notify the failure topic when they begin and when they end.
   *
   * The alarms of the dead-letter queues and of the sweeper are made in any case.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * The thresholds of the alarms.
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
   * Whether there are saved queries for the logs.
   *
   * @default true
   */
  readonly savedQueries?: boolean;

  /**
   * The prices with which the dashboard estimates the cost of orders.
   *
   * @default - the defaults of `EstimatedPrices`
   */
  readonly prices?: EstimatedPrices;
}

/**
 * Thresholds of the alarms of a workflow: counts within five minutes, unless the property says otherwise.
 *
 * There is no alarm for a threshold of 0.
 */
export interface AlarmThresholds {
  /**
   * Orders that failed. Each failure also sends an alert of its own, so this is about many at a time.
   *
   * @default 5
   */
  readonly ordersFailed?: number;

  /**
   * Orders that were rejected because they waited too long for their turn to reserve stock.
   *
   * @default 1
   */
  readonly ordersBusy?: number;

  /**
   * Orders whose compensation failed, so that an operator has to repair them.
   *
   * @default 1
   */
  readonly ordersNeedingAttention?: number;

  /**
   * Open orders that are overdue for a quarter of an hour: the recovery does not end them.
   *
   * @default 1
   */
  readonly overdueOrders?: number;

  /**
   * Executions that were interrupted: they timed out or were aborted before they finished their order.
   *
   * @default 1
   */
  readonly executionsInterrupted?: number;

  /**
   * Executions of received orders, within a minute, whose start Step Functions refused for a reason that no retry can change.
   *
   * @default 1
   */
  readonly startsRefused?: number;

  /**
   * State transitions that Step Functions throttled because the account had too many; STANDARD only.
   *
   * @default 10
   */
  readonly executionsThrottled?: number;

  /**
   * Errors of the functions of the workflow, summed up; most of them are retried.
   *
   * @default 10
   */
  readonly functionErrors?: number;

  /**
   * Invocations of these functions that Lambda throttled.
   *
   * @default 5
   */
  readonly functionThrottles?: number;

  /**
   * Requests to the tables of the workflow that DynamoDB throttled or failed, summed up.
   *
   * @default 10
   */
  readonly tableErrors?: number;

  /**
   * Responses of the HTTP intakes with a status of 500 or above.
   *
   * @default 5
   */
  readonly httpServerErrors?: number;

  /**
   * The delay between a change of status and its publication.
   *
   * @default Duration.minutes(5)
   */
  readonly publishingDelay?: Duration;

  /**
   * Alerts that SNS delivered neither to their target nor to its dead-letter queue.
   *
   * @default 1
   */
  readonly alertsNotDelivered?: number;
}

/**
 * Prices in US dollars for an estimate; the defaults are those of us-east-1, without discounts and free tier.
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
   * A million write request units of DynamoDB, on demand.
   *
   * @default 0.625
   */
  readonly millionWrites?: number;

  /**
   * A million read request units of DynamoDB, on demand.
   *
   * @default 0.125
   */
  readonly millionReads?: number;
}
