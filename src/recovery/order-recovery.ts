import { Duration, aws_iam as iam, aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { lateEffectSeconds } from './late-effects';
import { OrderRecoveryProps } from './order-recovery-props';
import { OrderSweeper } from './order-sweeper';
import { RecoveryFlow } from './recovery-flow';
import { encryptMachine } from '../private/encrypted-machine';
import { grantDescribe } from '../private/grant-describe';
import { grantResume, grantStart } from '../private/grant-machine';
import { grantTable } from '../private/grant-table';
import { bundledCode } from '../private/order-function';
import { grantTopicKey } from '../private/topic-key';

/**
 * Recovers orders whose execution was interrupted: starts an order that was never started, undoes one that cannot go on, and publishes both.
 *
 * It also repairs orders that need attention, on request of an operator.
 */
export class OrderRecovery extends Construct {
  /**
   * The state machine that undoes orders of interrupted executions.
   */
  public readonly stateMachine: sfn.StateMachine;

  /**
   * The function that finds them.
   */
  public readonly sweeperFunction: lambda.IFunction;

  /**
   * The function that repairs an order which needs attention: `{ "orderId": "...", "action": "retry" }` or `"resolved"`.
   *
   * With the action `"takeOver"` it recovers an order whose execution belongs to an earlier state machine of the workflow.
   */
  public readonly repairFunction: lambda.IFunction;

  /**
   * @param scope the parent
   * @param id the id within the parent
   * @param props properties of the recovery
   */
  constructor(scope: Construct, id: string, props: OrderRecoveryProps) {
    super(scope, id);
    const { saga, failureTopic } = props;
    const { ordersTable, encryptionKey } = saga._host;
    const flow = new RecoveryFlow(this, 'Flow', {
      table: ordersTable, topic: failureTopic, steps: saga._steps, lateEffectSeconds: lateEffectSeconds(saga._start),
    });
    this.stateMachine = new sfn.StateMachine(this, 'StateMachine', {
      definitionBody: sfn.DefinitionBody.fromChainable(flow.start),
      tracingEnabled: true,
      logs: { destination: saga.logGroup, level: sfn.LogLevel.ALL, includeExecutionData: false },
    });
    encryptMachine(this.stateMachine, encryptionKey);
    grantTable(ordersTable, this.stateMachine, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    grantTopicKey(failureTopic, this.stateMachine);
    this.sweeperFunction = new OrderSweeper(this, 'OrderSweeper', {
      ...props, sweepInterval: props.sweepInterval ?? Duration.minutes(5), recoveryMachine: this.stateMachine,
    }).function;
    this.repairFunction = this.makeRepairFunction(props);
  }

  /**
   * Grants the principal permission to repair orders that need attention, by invoking `repairFunction`.
   *
   * @param grantee the principal
   */
  public grantRepair(grantee: iam.IGrantable): iam.Grant {
    return this.repairFunction.grantInvoke(grantee);
  }

  private makeRepairFunction({ saga }: OrderRecoveryProps): lambda.IFunction {
    const { ordersTable, encryptionKey } = saga._host;
    const repair = saga._host.newFunction(this, 'RepairOrder', {
      displayName: 'Repair order',
      code: bundledCode('recovery/repair-order'),
      description: 'Repairs an order that needs attention',
      environment: {
        ORDERS_TABLE: ordersTable.tableName,
        STATE_MACHINE_ARN: saga.stateMachine.stateMachineArn,
        RECOVERY_MACHINE_ARN: this.stateMachine.stateMachineArn,
        LONGEST_TIMES: JSON.stringify(saga._longestTimes),
      },
    });
    grantTable(ordersTable, repair, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    grantResume(repair, saga.stateMachine.stateMachineArn, encryptionKey);
    grantResume(repair, this.stateMachine.stateMachineArn, encryptionKey);
    grantStart(repair, this.stateMachine.stateMachineArn, encryptionKey);
    grantDescribe(repair, [saga.stateMachine, this.stateMachine], 'states:DescribeExecution');
    return repair;
  }
}
