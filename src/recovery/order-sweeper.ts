import {
  Duration, aws_cloudwatch as cloudwatch, aws_events as events, aws_events_targets as targets, aws_lambda as lambda,
  aws_lambda_destinations as destinations, aws_stepfunctions as sfn,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { OrderRecoveryProps } from './order-recovery';
import { OVERDUE_ORDERS_METRIC } from '../monitoring/order-metrics';
import { alarmDescription, notifyOfAlarm } from '../private/alarm-notification';
import { DeadLetterQueue } from '../private/dead-letter-queue';
import { grantAsk } from '../private/grant-ask';
import { grantIndex, grantTable } from '../private/grant-table';
import { OrderFunction } from '../private/order-function';
import { topicKey } from '../private/topic-key';
import { ValidationError } from '../private/validation-error';
import { OrderTables } from '../tables/order-tables';
import { WatchList } from '../watch-list';

/** @internal */
export interface OrderSweeperProps extends OrderRecoveryProps {
  readonly sweepInterval: Duration;
  readonly recoveryMachine: sfn.StateMachine;
}

/** A sweep is as long as its list; what is left is the next one's. */
const TIMEOUT = Duration.minutes(2);

/** Less often, nobody could say that they are looked through. */
const LONGEST_INTERVAL = Duration.hours(6);

/** Longer than an EXPRESS execution can run, and its last write can take. */
const EXPRESS_LONGEST = Duration.seconds(330);

/**
 * Looks through the open orders at intervals, and at a single one as soon as an event tells that its execution has died.
 *
 * @internal
 */
export class OrderSweeper extends Construct {
  public readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: OrderSweeperProps) {
    super(scope, id);
    const { saga, ordersTable, failureTopic, recoveryMachine } = props;
    const { sweepInterval, overdueAfter = Duration.minutes(10) } = props;
    checkTimes(this, sweepInterval, overdueAfter);
    this.function = new OrderFunction(this, 'Function', {
      displayName: 'Order sweeper',
      bundle: 'recovery/order-sweeper',
      description: 'Takes up orders whose execution has died',
      timeout: TIMEOUT,
      settings: props.functionSettings,
      environment: {
        ORDERS_TABLE: ordersTable.tableName,
        STATE_MACHINE_ARN: saga.aliasArn,
        RECOVERY_MACHINE_ARN: recoveryMachine.stateMachineArn,
        FAILURE_TOPIC_ARN: failureTopic.topicArn,
        OVERDUE_SECONDS: String(overdueAfter.toSeconds()),
        METRIC_NAMESPACE: saga.metrics.namespace,
        WORKFLOW: props.workflowName,
      },
    });
    WatchList.of(this)._sweeper = { function: this.function, interval: sweepInterval };
    this.grant(props);
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      displayName: 'Order sweeper',
      description: 'The sweeper could not check open orders, or one whose execution was interrupted',
      topic: failureTopic,
      encryptionKey: props.encryptionKey,
    });
    this.function.configureAsyncInvoke({ retryAttempts: 2, onFailure: new destinations.SqsDestination(deadLetters) });
    new events.Rule(this, 'Schedule', {
      description: 'Looks through the open orders',
      schedule: events.Schedule.rate(sweepInterval),
      targets: [new targets.LambdaFunction(this.function, { retryAttempts: 0 })],
    });
    if (!saga._isExpress) {
      this.watchDeaths(saga.stateMachine, new targets.LambdaFunction(this.function, { deadLetterQueue: deadLetters, retryAttempts: 3 }));
    }
    // A metric comes late now and then, and a sweep that fails has an alarm of its own.
    this.alarmWhenIdle(props, Duration.seconds(Math.max(300, 3 * sweepInterval.toSeconds())));
  }

  /** Of EXPRESS executions nothing tells. Of those of the recovery it must not: one that dies at once would start again at once. */
  private watchDeaths(stateMachine: sfn.StateMachine, target: targets.LambdaFunction): void {
    new events.Rule(this, 'Deaths', {
      description: 'Executions that did not succeed',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [stateMachine.stateMachineArn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
      targets: [target],
    });
  }

  private grant({ saga, ordersTable, failureTopic, recoveryMachine, encryptionKey }: OrderSweeperProps): void {
    grantTable(ordersTable, this.function, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    grantIndex(ordersTable, OrderTables.OPEN_ORDERS_INDEX, this.function);
    saga.grantStartOrder(this.function);
    recoveryMachine.grantStartExecution(this.function);
    grantAsk(this.function, [saga.stateMachine, recoveryMachine], 'states:DescribeExecution', 'states:GetExecutionHistory');
    failureTopic.grantPublish(this.function);
    topicKey(failureTopic)?.grantEncryptDecrypt(this.function);
    encryptionKey?.grantEncryptDecrypt(this.function);
  }

  /** Who finds what nobody was told of must not itself stop unheard; that it fails, its dead-letter queue tells. */
  private alarmWhenIdle({ saga, failureTopic }: OrderSweeperProps, period: Duration): void {
    // The function is called for executions that died too: only what a sweep reports tells that there was one.
    const alarm = new cloudwatch.Metric({
      namespace: saga.metrics.namespace, metricName: OVERDUE_ORDERS_METRIC, statistic: cloudwatch.Stats.SAMPLE_COUNT, period,
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
      `overdueAfter is ${overdueAfter.toHumanString()}: give ${EXPRESS_LONGEST.toSeconds()} seconds or more, so that no order is looked at whose execution may be running`,
      scope,
    );
  }
}
