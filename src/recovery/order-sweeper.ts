import {
  Duration, aws_cloudwatch as cloudwatch, aws_events as events, aws_events_targets as targets, aws_lambda as lambda, aws_stepfunctions as sfn,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OrderRecoveryProps } from './order-recovery-props';
import { OVERDUE_ORDERS_METRIC } from '../monitoring/order-metrics';
import { alarmDescription, notifyOfAlarm } from '../private/alarm-notification';
import { DeadLetterQueue } from '../private/dead-letter-queue';
import { grantDescribe } from '../private/grant-describe';
import { grantStart } from '../private/grant-machine';
import { grantIndex, grantTable } from '../private/grant-table';
import { bundledCode } from '../private/order-function';
import { QueueDestination } from '../private/queue-destination';
import { grantTopicKey } from '../private/topic-key';
import { ValidationError } from '../private/validation-error';
import { OrderTables } from '../tables/order-tables';
import { WatchList } from '../watch-list';

/** @internal */
export interface OrderSweeperProps extends OrderRecoveryProps {
  readonly sweepInterval: Duration;
  readonly recoveryMachine: sfn.StateMachine;
}

/** A sweep takes as long as the list is; the next sweep goes on with the rest. */
const TIMEOUT = Duration.minutes(2);

/** With a longer interval the alarm could not show that sweeps have stopped. */
const LONGEST_INTERVAL = Duration.hours(6);

/** Longer than an EXPRESS execution can run, and its last write can take. */
const EXPRESS_LONGEST = Duration.seconds(330);

/**
 * Sweeps the open orders at intervals, and checks a single one as soon as an event reports that its execution was interrupted.
 *
 * @internal
 */
export class OrderSweeper extends Construct {
  public readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: OrderSweeperProps) {
    super(scope, id);
    const { saga, failureTopic, recoveryMachine, sweepInterval, overdueAfter = Duration.minutes(10) } = props;
    const { ordersTable, encryptionKey } = saga._host;
    checkTimes(this, sweepInterval, overdueAfter);
    this.function = saga._host.newFunction(this, 'Function', {
      displayName: 'Order sweeper',
      code: bundledCode('recovery/order-sweeper'),
      description: 'Recovers orders whose execution was interrupted',
      timeout: TIMEOUT,
      environment: {
        ORDERS_TABLE: ordersTable.tableName,
        STATE_MACHINE_ARN: saga.aliasArn,
        RECOVERY_MACHINE_ARN: recoveryMachine.stateMachineArn,
        FAILURE_TOPIC_ARN: failureTopic.topicArn,
        LONGEST_TIMES: JSON.stringify(saga._longestTimes),
        OVERDUE_SECONDS: String(overdueAfter.toSeconds()),
        METRIC_NAMESPACE: saga.metrics.metricNamespace,
        WORKFLOW: props.workflowName,
      },
    });
    WatchList.of(this)._sweeper = { function: this.function, interval: sweepInterval };
    this.grant(props);
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      displayName: 'Order sweeper',
      description: 'The sweeper could not check open orders, or one whose execution was interrupted',
      topic: failureTopic,
      encryptionKey,
    });
    this.function.configureAsyncInvoke({ retryAttempts: 2, onFailure: new QueueDestination(deadLetters) });
    new events.Rule(this, 'Schedule', {
      description: 'Sweeps the open orders',
      schedule: events.Schedule.rate(sweepInterval),
      targets: [new targets.LambdaFunction(this.function, { retryAttempts: 0 })],
    });
    if (!saga._isExpress) {
      this.watchInterruptions(saga.stateMachine, new targets.LambdaFunction(this.function, { deadLetterQueue: deadLetters, retryAttempts: 3 }));
    }
    // A metric can be late, and a sweep that fails has an alarm of its own.
    this.alarmWhenIdle(props, Duration.seconds(Math.max(300, 3 * sweepInterval.toSeconds())));
  }

  /** EXPRESS executions emit no event. Those of the recovery are not matched: one that fails at once would be started again at once. */
  private watchInterruptions(stateMachine: sfn.StateMachine, target: targets.LambdaFunction): void {
    new events.Rule(this, 'Interruptions', {
      description: 'Executions that did not succeed',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [stateMachine.stateMachineArn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
      targets: [target],
    });
  }

  private grant({ saga, failureTopic, recoveryMachine }: OrderSweeperProps): void {
    const { ordersTable, encryptionKey } = saga._host;
    grantTable(ordersTable, this.function, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    grantIndex(ordersTable, OrderTables.OPEN_ORDERS_INDEX, this.function);
    saga.grantStartOrder(this.function);
    grantStart(this.function, recoveryMachine.stateMachineArn, encryptionKey);
    grantDescribe(this.function, [saga.stateMachine, recoveryMachine], 'states:DescribeExecution', 'states:GetExecutionHistory');
    failureTopic.grantPublish(this.function);
    grantTopicKey(failureTopic, this.function);
  }

  /** Sweeps find what was not published, so they must not stop unnoticed; when one fails, the alarm of its dead-letter queue is raised. */
  private alarmWhenIdle({ saga, failureTopic }: OrderSweeperProps, period: Duration): void {
    // The function is invoked for interrupted executions too: only the metric of a sweep shows that there was one.
    const alarm = new cloudwatch.Metric({
      namespace: saga.metrics.metricNamespace, metricName: OVERDUE_ORDERS_METRIC, statistic: cloudwatch.Stats.SAMPLE_COUNT, period,
    }).createAlarm(this, 'Idle', {
      alarmDescription: alarmDescription('The sweeper does not run, so open orders are not checked', 'The sweeper does not run'),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
    notifyOfAlarm(alarm, failureTopic);
    WatchList.of(this).alarm(alarm);
  }
}

function checkTimes(scope: Construct, sweepInterval: Duration, overdueAfter: Duration): void {
  const seconds = sweepInterval.toSeconds();
  if (seconds < 60 || seconds % 60 > 0 || seconds > LONGEST_INTERVAL.toSeconds()) {
    throw new ValidationError(`sweepInterval is ${sweepInterval.toHumanString()}: give whole minutes, from one to ${LONGEST_INTERVAL.toMinutes()}`, scope);
  }
  if (!overdueAfter.isUnresolved() && overdueAfter.toSeconds() < EXPRESS_LONGEST.toSeconds()) {
    throw new ValidationError(
      `overdueAfter is ${overdueAfter.toHumanString()}: give ${EXPRESS_LONGEST.toSeconds()} seconds or more, so that no order is checked whose execution may be running`,
      scope,
    );
  }
}
