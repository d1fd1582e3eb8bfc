import {
  RemovalPolicy, aws_dynamodb as dynamodb, aws_events as events, aws_iam as iam, aws_kms as kms, aws_lambda as lambda,
  aws_logs as logs, aws_sns as sns, aws_stepfunctions as sfn,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IAlertTarget } from './alerting/alert-target';
import { FailureAlerts } from './alerting/failure-alerts';
import { FunctionSettings } from './function-settings';
import { ImportedWorkflow } from './imported-workflow';
import { IdempotencyTable } from './intake/idempotency-table';
import { IOrderIntake } from './intake/order-intake';
import { OrderMetrics } from './monitoring/order-metrics';
import { OrderMonitoring } from './monitoring/order-monitoring';
import { IOrderNotifier } from './notifiers/order-notifier';
import { OrderProcessingWorkflowAttributes } from './order-processing-workflow-attributes';
import { OrderProcessingWorkflowProps } from './order-processing-workflow-props';
import { OrderStatus } from './order-status';
import { IOrderProcessingWorkflow, IOrderWorkflow, OnStatusChangedOptions } from './order-workflow';
import { ConfiguredFunction } from './private/configured-function';
import { NamedParts } from './private/named-parts';
import { ValidationError } from './private/validation-error';
import { OrderRecovery } from './recovery/order-recovery';
import { OrderSaga } from './saga/order-saga';
import { declaredStatuses } from './saga/saga-step';
import { StatusFeed } from './status-feed/status-feed';
import { IStatusFeed } from './status-feed/status-feed-port';
import { StatusPublisher } from './status-feed/status-publisher';
import { HostFunctionProps } from './step-host';
import { ReserveInventory } from './steps/reserve-inventory';
import { ValidateOrder } from './steps/validate-order';
import { OrderTables } from './tables/order-tables';
import { WatchList } from './watch-list';

/**
 * Processes orders: runs each through its steps, and undoes them in reverse when one of them ends it.
 */
export class OrderProcessingWorkflow extends Construct implements IOrderWorkflow {
  /**
   * Imports a workflow of another stack or app, to grant on it, to listen to it and to watch it.
   *
   * @param scope the scope
   * @param id the id
   * @param attributes the attributes of the workflow
   */
  public static fromOrderProcessingWorkflowAttributes(
    scope: Construct, id: string, attributes: OrderProcessingWorkflowAttributes,
  ): IOrderProcessingWorkflow {
    return new ImportedWorkflow(scope, id, attributes);
  }

  /**
   * The name of the workflow in events and alerts: its construct path.
   */
  public readonly workflowName: string;

  /**
   * The type of the state machine.
   */
  public readonly stateMachineType: sfn.StateMachineType;

  /**
   * The currency of an order that names none.
   */
  public readonly defaultCurrency: string;

  /**
   * The KMS key that encrypts what is made for the workflow.
   */
  public readonly encryptionKey?: kms.IKey;

  /**
   * What happens to tables and queues that hold orders when their stack is deleted.
   */
  public readonly removalPolicy: RemovalPolicy;

  /**
   * The tables of the orders and of the products.
   */
  public readonly tables: OrderTables;

  /**
   * The topic that receives failure notifications, and what belongs to it.
   */
  public readonly alerts: FailureAlerts;

  /**
   * The saga: the state machine and what belongs to it.
   */
  public readonly saga: OrderSaga;

  /**
   * The recovery of orders whose execution was interrupted.
   */
  public readonly recovery: OrderRecovery;

  /**
   * The dashboard, the alarms and the saved queries.
   */
  public readonly monitoring: OrderMonitoring;

  private readonly functionSettings?: FunctionSettings;
  private readonly existingBus?: events.IEventBus;
  private readonly feed?: StatusFeed;
  private readonly intakes: NamedParts<OrderProcessingWorkflow, IOrderIntake>;
  private readonly notifiers: NamedParts<OrderProcessingWorkflow, IOrderNotifier>;
  private readonly alertTargets: NamedParts<OrderProcessingWorkflow, IAlertTarget>;
  private publisher?: StatusPublisher;
  private locks?: IdempotencyTable;

  /**
   * @param scope the scope
   * @param id the id
   * @param props properties
   */
  constructor(scope: Construct, id: string, props: OrderProcessingWorkflowProps = {}) {
    super(scope, id);
    WatchList.open(this);
    this.workflowName = this.node.path;
    this.stateMachineType = props.stateMachineType ?? sfn.StateMachineType.STANDARD;
    this.defaultCurrency = props.defaultCurrency ?? 'USD';
    this.encryptionKey = props.encryptionKey;
    this.removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    this.functionSettings = props.functionSettings;
    this.existingBus = props.eventBus;

    this.tables = new OrderTables(this, 'Tables', props);
    this.alerts = new FailureAlerts(this, 'Alerts', { ...props, topic: props.failureTopic });
    this.saga = new OrderSaga(this, 'Saga', {
      ...props,
      steps: props.steps ?? [new ValidateOrder(), new ReserveInventory()],
      ordersTable: this.ordersTable,
      productsTable: this.productsTable,
      failureTopic: this.failureTopic,
    });
    this.recovery = new OrderRecovery(this, 'Recovery', {
      ...props.recovery,
      saga: this.saga,
      failureTopic: this.failureTopic,
      workflowName: this.workflowName,
    });
    this.monitoring = new OrderMonitoring(this, 'Monitoring', {
      ...props.monitoring,
      workflowName: this.workflowName,
      stateMachine: this.saga.stateMachine,
      logGroup: this.logGroup,
      metrics: this.metrics,
      failureTopic: this.failureTopic,
    });
    this.feed = props.statusFeed && new StatusFeed(this, 'StatusFeed', { ...props.statusFeed, workflow: this, publisher: this.statusPublisher });
    this.notifiers = new NamedParts(this, 'Notifiers', 'notifierName');
    this.intakes = new NamedParts(this, 'Intakes', 'intakeName');
    this.alertTargets = new NamedParts(this, 'AlertTargets', 'targetName');

    props.notifiers?.forEach((notifier) => this.addNotifier(notifier));
    props.intakes?.forEach((intake) => this.addIntake(intake));
    props.alertTargets?.forEach((target) => this.addAlertTarget(target));
  }

  /**
   * Adds an intake.
   *
   * @param intake the intake
   */
  public addIntake(intake: IOrderIntake): void {
    this.intakes.add(intake);
  }

  /**
   * Adds a notifier.
   *
   * @param notifier the notifier
   */
  public addNotifier(notifier: IOrderNotifier): void {
    this.notifiers.add(notifier);
  }

  /**
   * Adds an alert target.
   *
   * @param target the target
   */
  public addAlertTarget(target: IAlertTarget): void {
    this.alertTargets.add(target);
  }

  /**
   * Adds a rule for changes of status to the event bus.
   *
   * @param id the id of the rule
   * @param options the changes and the target
   */
  public onStatusChanged(id: string, options: OnStatusChangedOptions = {}): events.Rule {
    return this.statusPublisher.onStatusChanged(id, options);
  }

  /**
   * The publisher of changes of status, made with the first use of this attribute.
   */
  public get statusPublisher(): StatusPublisher {
    this.publisher ??= new StatusPublisher(this, 'StatusPublisher', { workflow: this, eventBus: this.existingBus });
    return this.publisher;
  }

  /**
   * The event bus that receives an `OrderStatusChanged` event for each change of status, made with the first use of this attribute.
   */
  public get eventBus(): events.IEventBus {
    return this.statusPublisher.eventBus;
  }

  /**
   * Whether the workflow has a WebSocket API.
   */
  public get hasStatusFeed(): boolean {
    return this.feed !== undefined;
  }

  /**
   * The WebSocket API of the workflow.
   */
  public get statusFeed(): IStatusFeed {
    return this.feed ?? this.missing('the workflow has no WebSocket API: set statusFeed, {} for its defaults');
  }

  /**
   * The table of the orders.
   */
  public get ordersTable(): dynamodb.ITable {
    return this.tables.orders;
  }

  /**
   * The table of the products and their stock.
   */
  public get productsTable(): dynamodb.ITable {
    return this.tables.products;
  }

  /**
   * The table of the locks that make a repeated request harmless, made with the first use of this attribute.
   */
  public get idempotencyTable(): dynamodb.ITable {
    if (this.stateMachineType === sfn.StateMachineType.EXPRESS) {
      return this.missing("an EXPRESS workflow has no idempotencyTable: the order's row makes a repeated request harmless");
    }
    this.locks ??= new IdempotencyTable(this, 'Locks', this.encryptionKey);
    return this.locks.table;
  }

  /**
   * The table of the alerts that were sent, for deduplication, made with the first use of this attribute.
   */
  public get sentAlertsTable(): dynamodb.ITable {
    return this.alerts.sentAlertsTable;
  }

  /**
   * The SNS topic that receives failure notifications.
   */
  public get failureTopic(): sns.ITopic {
    return this.alerts.topic;
  }

  /**
   * The state machine that runs the orders.
   */
  public get stateMachine(): sfn.IStateMachine {
    return this.saga.stateMachine;
  }

  /**
   * The ARN of the alias to start executions with: it points to the newest published version of the state machine.
   */
  public get aliasArn(): string {
    return this.saga.aliasArn;
  }

  /**
   * The log group of the state machine.
   */
  public get logGroup(): logs.ILogGroup {
    return this.saga.logGroup;
  }

  /**
   * The CloudWatch metrics of the orders.
   */
  public get metrics(): OrderMetrics {
    return this.saga.metrics;
  }

  /**
   * Every status that an order of the workflow can have.
   */
  public get orderStatuses(): string[] {
    const reserved = OrderStatus._RESERVED.filter((status) => status !== OrderStatus.DUPLICATE);
    return [...reserved, ...this.saga._steps.flatMap(({ config }) => declaredStatuses(config))];
  }

  /**
   * The names of the steps and closing steps.
   */
  public get stepNames(): string[] {
    return this.saga._stepNames;
  }

  /**
   * Whether a step of the workflow waits for a decision.
   */
  public get hasDecideFunction(): boolean {
    return this.saga.decideFunction !== undefined;
  }

  /**
   * The function that approves or declines an order that waits for a decision.
   */
  public get decideFunction(): lambda.IFunction {
    return this.saga.decideFunction ?? this.missing('no step waits for a decision, so there is no decideFunction: add AwaitApproval to steps');
  }

  /**
   * The function that repairs an order which needs attention: `{ "orderId": "...", "action": "retry" }` or `"resolved"`.
   */
  public get repairFunction(): lambda.IFunction {
    return this.recovery.repairFunction;
  }

  /**
   * Makes a Lambda function with the function settings of the workflow.
   *
   * @param scope the scope of the function
   * @param id the id of the function within the scope
   * @param props properties of the function
   */
  public newFunction(scope: Construct, id: string, props: HostFunctionProps): lambda.Function {
    return new ConfiguredFunction(scope, id, { ...props, settings: this.functionSettings });
  }

  /**
   * Grants the principal permission to start orders.
   *
   * @param grantee the principal
   */
  public grantStartOrder(grantee: iam.IGrantable): iam.Grant {
    return this.saga.grantStartOrder(grantee);
  }

  /**
   * Grants the principal permission to read orders.
   *
   * @param grantee the principal
   */
  public grantReadOrders(grantee: iam.IGrantable): iam.Grant {
    return this.tables._grantReadOrders(grantee);
  }

  /**
   * Grants the principal permission to decide on orders, by invoking `decideFunction`.
   *
   * @param grantee the principal
   */
  public grantDecide(grantee: iam.IGrantable): iam.Grant {
    return this.decideFunction.grantInvoke(grantee);
  }

  /**
   * Grants the principal permission to repair orders that need attention, by invoking `repairFunction`.
   *
   * @param grantee the principal
   */
  public grantRepair(grantee: iam.IGrantable): iam.Grant {
    return this.repairFunction.grantInvoke(grantee);
  }

  private missing(message: string): never {
    throw new ValidationError(message, this);
  }
}
