import {
  Duration, aws_dynamodb as dynamodb, aws_iam as iam, aws_kms as kms, aws_lambda as lambda, aws_sns as sns, aws_stepfunctions as sfn,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { lateEffectSeconds } from './late-effects';
import { OrderSweeper } from './order-sweeper';
import { RecoveryGraph } from './recovery-graph';
import { FunctionSettings } from '../function-settings';
import { grantAsk } from '../private/grant-ask';
import { grantTable } from '../private/grant-table';
import { OrderFunction } from '../private/order-function';
import { topicKey } from '../private/topic-key';
import { OrderSaga } from '../saga/order-saga';

/**
 * When orders are taken up whose execution has died.
 */
export interface RecoveryOptions {
  /**
   * How often the list of open orders is looked through.
   *
   * Executions of a STANDARD workflow that die are mostly taken up at once, by the event that tells of it.
   *
   * @default Duration.minutes(5)
   */
  readonly sweepInterval?: Duration;

  /**
   * How old an open order is when it is looked at: longer than nearly all orders take.
   *
   * Nothing happens to an order whose execution is running. An EXPRESS execution cannot be asked, so its order must be older than
   * five and a half minutes, which is longer than it can run.
   *
   * @default Duration.minutes(10)
   */
  readonly overdueAfter?: Duration;
}

/**
 * The recovery of a saga.
 */
export interface OrderRecoveryProps extends RecoveryOptions {
  /**
   * The saga whose orders are recovered.
   */
  readonly saga: OrderSaga;

  /**
   * The table of the orders, with its index `open-orders`.
   */
  readonly ordersTable: dynamodb.ITable;

  /**
   * The topic to which failures are told.
   */
  readonly failureTopic: sns.ITopic;

  /**
   * The name of the workflow.
   */
  readonly workflowName: string;

  /**
   * How to tune the functions.
   *
   * @default - the defaults of `FunctionSettings`
   */
  readonly functionSettings?: FunctionSettings;

  /**
   * The key that encrypts the execution history.
   *
   * @default - the key that AWS owns
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * Takes up what an execution left behind that died: undoes its order, or starts one that nobody started, and tells.
 *
 * It also goes on with orders that need attention, once a person says so.
 */
export class OrderRecovery extends Construct {
  /**
   * The state machine that undoes orders of executions that died.
   */
  public readonly stateMachine: sfn.StateMachine;

  /**
   * The function that finds them.
   */
  public readonly sweeperFunction: lambda.IFunction;

  /**
   * The function that repairs an order which needs attention: `{ "orderId": "...", "action": "retry" }` or `"resolved"`.
   */
  public readonly repairFunction: lambda.IFunction;

  /**
   * @param scope the parent
   * @param id the id within the parent
   * @param props whose orders are recovered
   */
  constructor(scope: Construct, id: string, props: OrderRecoveryProps) {
    super(scope, id);
    const { saga, ordersTable, failureTopic, encryptionKey } = props;
    const graph = new RecoveryGraph(this, 'Graph', {
      table: ordersTable, topic: failureTopic, steps: saga._steps, lateEffectSeconds: lateEffectSeconds(saga._start),
    });
    this.stateMachine = new sfn.StateMachine(this, 'StateMachine', {
      definitionBody: sfn.DefinitionBody.fromChainable(graph.start),
      tracingEnabled: true,
      logs: { destination: saga.logGroup, level: sfn.LogLevel.ALL, includeExecutionData: false },
      encryptionConfiguration: encryptionKey && new sfn.CustomerManagedEncryptionConfiguration(encryptionKey),
    });
    grantTable(ordersTable, this.stateMachine, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    topicKey(failureTopic)?.grantEncryptDecrypt(this.stateMachine);
    encryptionKey?.grantEncryptDecrypt(this.stateMachine);
    this.sweeperFunction = new OrderSweeper(this, 'OrderSweeper', {
      ...props, sweepInterval: props.sweepInterval ?? Duration.minutes(5), recoveryMachine: this.stateMachine,
    }).function;
    this.repairFunction = this.makeRepairFunction(props);
  }

  /**
   * Lets somebody repair orders that need attention, by calling `repairFunction`.
   *
   * @param grantee who
   */
  public grantRepair(grantee: iam.IGrantable): iam.Grant {
    return this.repairFunction.grantInvoke(grantee);
  }

  private makeRepairFunction({ saga, ordersTable, functionSettings, encryptionKey }: OrderRecoveryProps): lambda.IFunction {
    const repair = new OrderFunction(this, 'RepairOrder', {
      displayName: 'Repair order',
      bundle: 'recovery/repair-order',
      description: 'Goes on with an order that needs attention',
      settings: functionSettings,
      environment: { ORDERS_TABLE: ordersTable.tableName, RECOVERY_MACHINE_ARN: this.stateMachine.stateMachineArn },
    });
    grantTable(ordersTable, repair, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    saga.stateMachine.grantTaskResponse(repair);
    this.stateMachine.grantTaskResponse(repair);
    this.stateMachine.grantStartExecution(repair);
    grantAsk(repair, [saga.stateMachine, this.stateMachine], 'states:DescribeExecution');
    encryptionKey?.grantEncryptDecrypt(repair);
    return repair;
  }
}
