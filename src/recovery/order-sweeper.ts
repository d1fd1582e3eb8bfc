import {
  Duration, aws_cloudwatch as cloudwatch, aws_cloudwatch_actions as actions, aws_events as events,
  aws_events_targets as targets, aws_iam as iam, aws_lambda as lambda, aws_stepfunctions as sfn,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { OrderRecoveryProps } from './order-recovery';
import { DeadLetterQueue } from '../private/dead-letter-queue';
import { grantAsk } from '../private/grant-ask';
import { grantTable } from '../private/grant-table';
import { OrderFunction } from '../private/order-function';
import { topicKey } from '../private/topic-key';
import { ValidationError } from '../private/validation-error';
import { OrderTables } from '../tables/order-tables';

/** @internal */
export interface OrderSweeperProps extends OrderRecoveryProps {
  readonly recoveryMachine: sfn.StateMachine;
}

/** A sweep is as long as its list; what is left is the next one's. */
const TIMEOUT = Duration.minutes(2);

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
    const { sweepInterval = Duration.minutes(5), overdueAfter = Duration.minutes(10) } = props;
    checkTimes(this, sweepInterval, overdueAfter);
    this.function = new OrderFunction(this, 'Function', {
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
        METRIC_NAMESPACE: saga._metricNamespace,
        WORKFLOW: props.workflowName,
      },
    });
    this.grant(props);
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      description: 'Events of executions that died were not handled: the next sweep takes their orders up',
      topic: failureTopic,
      encryptionKey: props.encryptionKey,
    });
    const target = new targets.LambdaFunction(this.function, { deadLetterQueue: deadLetters, retryAttempts: 3 });
    new events.Rule(this, 'Schedule', {
      description: 'Looks through the open orders',
      schedule: events.Schedule.rate(sweepInterval),
      targets: [new targets.LambdaFunction(this.function, { retryAttempts: 0 })],
    });
    new events.Rule(this, 'Deaths', {
      description: 'Executions that ended in another way than their definition says',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          // Not that of the recovery: one that dies at once would be started again at once, for ever. The next sweep finds it.
          stateMachineArn: [saga.stateMachine.stateMachineArn],
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
      targets: [target],
    });
    this.alarm(props);
  }

  private grant({ saga, ordersTable, failureTopic, recoveryMachine, encryptionKey }: OrderSweeperProps): void {
    grantTable(ordersTable, this.function, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    this.function.addToRolePolicy(new iam.PolicyStatement({
      actions: ['dynamodb:Query'],
      resources: [`${ordersTable.tableArn}/index/${OrderTables.OPEN_ORDERS_INDEX}`],
    }));
    saga.grantStartOrder(this.function);
    recoveryMachine.grantStartExecution(this.function);
    grantAsk(this.function, [saga.stateMachine, recoveryMachine], 'states:DescribeExecution', 'states:GetExecutionHistory');
    failureTopic.grantPublish(this.function);
    topicKey(failureTopic)?.grantEncryptDecrypt(this.function);
    encryptionKey?.grantEncryptDecrypt(this.function);
  }

  /** Who finds what nobody was told of must not itself fail unheard. */
  private alarm({ failureTopic }: OrderSweeperProps): void {
    const alarm = this.function.metricErrors({ period: Duration.minutes(5) }).createAlarm(this, 'Errors', {
      alarmDescription: 'Open orders could not be looked through, or one of them not taken up',
      threshold: 1,
      evaluationPeriods: 2,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    const tell = new actions.SnsAction(failureTopic);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
  }
}

function checkTimes(scope: Construct, sweepInterval: Duration, overdueAfter: Duration): void {
  if (!sweepInterval.isUnresolved() && sweepInterval.toSeconds() < 60) {
    throw new ValidationError(`sweepInterval is ${sweepInterval.toHumanString()}: give a minute or more`, scope);
  }
  if (!overdueAfter.isUnresolved() && overdueAfter.toSeconds() < EXPRESS_LONGEST.toSeconds()) {
    throw new ValidationError(
      `overdueAfter is ${overdueAfter.toHumanString()}: give ${EXPRESS_LONGEST.toSeconds()} seconds or more, so that no order is looked at whose execution may be running`,
      scope,
    );
  }
}
