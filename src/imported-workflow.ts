import {
  aws_dynamodb as dynamodb, aws_events as events, aws_iam as iam, aws_kms as kms, aws_lambda as lambda, aws_sns as sns,
  aws_stepfunctions as sfn,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OPEN_ORDERS_INDEX } from './contract/open-orders';
import { OrderMetrics } from './monitoring/order-metrics';
import { OrderProcessingWorkflowAttributes } from './order-processing-workflow-attributes';
import { IOrderProcessingWorkflow, OnStatusChangedOptions } from './order-workflow';
import { grantStart } from './private/grant-machine';
import { ValidationError } from './private/validation-error';
import { statusChangedRule } from './status-feed/status-changed-rule';

/**
 * A workflow that is made elsewhere.
 *
 * @internal
 */
export class ImportedWorkflow extends Construct implements IOrderProcessingWorkflow {
  public readonly workflowName: string;

  constructor(scope: Construct, id: string, private readonly attributes: OrderProcessingWorkflowAttributes) {
    super(scope, id);
    this.workflowName = attributes.workflowName;
  }

  public get metrics(): OrderMetrics {
    return new OrderMetrics({ metricNamespace: this.attribute('metricNamespace'), stateMachine: this.stateMachine });
  }

  public get aliasArn(): string {
    return this.attribute('aliasArn');
  }

  public get stateMachine(): sfn.IStateMachine {
    const arn = this.attribute('stateMachineArn');
    return this.once('StateMachine', (id) => sfn.StateMachine.fromStateMachineArn(this, id, arn));
  }

  public get ordersTable(): dynamodb.ITable {
    const tableName = this.attribute('ordersTableName');
    return this.once('OrdersTable', (id) => dynamodb.Table.fromTableAttributes(this, id, {
      tableName, encryptionKey: this.encryptionKey, globalIndexes: [OPEN_ORDERS_INDEX],
    }));
  }

  public get productsTable(): dynamodb.ITable {
    const tableName = this.attribute('productsTableName');
    return this.once('ProductsTable', (id) => dynamodb.Table.fromTableAttributes(this, id, { tableName, encryptionKey: this.encryptionKey }));
  }

  public get failureTopic(): sns.ITopic {
    const topicArn = this.attribute('failureTopicArn');
    return this.once('FailureTopic', (id) => sns.Topic.fromTopicAttributes(this, id, { topicArn, keyArn: this.attributes.encryptionKeyArn }));
  }

  public get eventBus(): events.IEventBus {
    const arn = this.attribute('eventBusArn');
    return this.once('EventBus', (id) => events.EventBus.fromEventBusArn(this, id, arn));
  }

  public get decideFunction(): lambda.IFunction {
    const arn = this.attribute('decideFunctionArn');
    return this.once('DecideFunction', (id) => lambda.Function.fromFunctionArn(this, id, arn));
  }

  public get repairFunction(): lambda.IFunction {
    const arn = this.attribute('repairFunctionArn');
    return this.once('RepairFunction', (id) => lambda.Function.fromFunctionArn(this, id, arn));
  }

  public grantStartOrder(grantee: iam.IGrantable): iam.Grant {
    return grantStart(grantee, this.attribute('stateMachineArn'), this.encryptionKey);
  }

  public grantReadOrders(grantee: iam.IGrantable): iam.Grant {
    return this.ordersTable.grantReadData(grantee);
  }

  public grantDecide(grantee: iam.IGrantable): iam.Grant {
    return this.decideFunction.grantInvoke(grantee);
  }

  public grantRepair(grantee: iam.IGrantable): iam.Grant {
    return this.repairFunction.grantInvoke(grantee);
  }

  public onStatusChanged(id: string, options: OnStatusChangedOptions = {}): events.Rule {
    return statusChangedRule(this, id, { eventBus: this.eventBus, workflowName: this.workflowName }, options);
  }

  private get encryptionKey(): kms.IKey | undefined {
    const { encryptionKeyArn } = this.attributes;
    return encryptionKeyArn === undefined ? undefined : this.once('EncryptionKey', (id) => kms.Key.fromKeyArn(this, id, encryptionKeyArn));
  }

  private attribute(name: keyof OrderProcessingWorkflowAttributes): string {
    const value = this.attributes[name];
    if (value === undefined) {
      throw new ValidationError(`the workflow ${this.workflowName} is imported without ${name}: add ${name} to its attributes`, this);
    }
    return value;
  }

  private once<Part>(id: string, make: (id: string) => Part): Part {
    return this.node.tryFindChild(id) as Part | undefined ?? make(id);
  }
}
