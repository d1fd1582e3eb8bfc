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
import { StreamStartingPosition } from './status-feed/stream-starting-position';
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

  public readonly workflowName: string;
  public readonly stateMachineType: sfn.StateMachineType;
  public readonly defaultCurrency: string;
  public readonly encryptionKey?: kms.IKey;
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
  private readonly startingPosition: StreamStartingPosition;
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
    this.startingPosition = props.startingPosition ?? (props.ordersTable ? StreamStartingPosition.LATEST : StreamStartingPosition.TRIM_HORIZON);
    if (props.startingPosition !== undefined && !props.ordersTable) {
      this.missing('startingPosition is for the stream of an existing ordersTable, and there is none: leave it out');
    }

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
    if (!props.ordersTable) {
      // From the first deployment: one that is added later would begin with the changes of the day before, or miss some.
      void this.statusPublisher;
    }
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

  public onStatusChanged(id: string, options: OnStatusChangedOptions = {}): events.Rule {
    return this.statusPublisher.onStatusChanged(id, options);
  }

  /**
   * The publisher of changes of status; on an existing table it is made with the first use of this attribute.
   */
  public get statusPublisher(): StatusPublisher {
    this.publisher ??= new StatusPublisher(this, 'StatusPublisher', {
      workflow: this, eventBus: this.existingBus, startingPosition: this.startingPosition,
    });
    return this.publisher;
  }

  public get eventBus(): events.IEventBus {
    return this.statusPublisher.eventBus;
  }

  public get hasStatusFeed(): boolean {
    return this.feed !== undefined;
  }

  public get statusFeed(): IStatusFeed {
    return this.feed ?? this.missing('the workflow has no WebSocket API: set statusFeed, {} for its defaults');
  }

  public get ordersTable(): dynamodb.ITable {
    return this.tables.orders;
  }

  public get productsTable(): dynamodb.ITable {
    return this.tables.products;
  }

  public get idempotencyTable(): dynamodb.ITable {
    if (this.stateMachineType === sfn.StateMachineType.EXPRESS) {
      return this.missing("an EXPRESS workflow has no idempotencyTable: the order's row makes a repeated request harmless");
    }
    this.locks ??= new IdempotencyTable(this, 'Locks', this.encryptionKey);
    return this.locks.table;
  }

  public get sentAlertsTable(): dynamodb.ITable {
    return this.alerts.sentAlertsTable;
  }

  public get failureTopic(): sns.ITopic {
    return this.alerts.topic;
  }

  public get idempotencyPrefix(): string {
    return this.saga._host.idempotencyPrefix;
  }

  public get stateMachine(): sfn.IStateMachine {
    return this.saga.stateMachine;
  }

  public get aliasArn(): string {
    return this.saga.aliasArn;
  }

  public get logGroup(): logs.ILogGroup {
    return this.saga.logGroup;
  }

  public get metrics(): OrderMetrics {
    return this.saga.metrics;
  }

  public get orderStatuses(): string[] {
    const reserved = OrderStatus._RESERVED.filter((status) => status !== OrderStatus.DUPLICATE);
    return [...reserved, ...this.saga._steps.flatMap(({ config }) => declaredStatuses(config))];
  }

  public get stepNames(): string[] {
    return this.saga._stepNames;
  }

  public get hasDecideFunction(): boolean {
    return this.saga.decideFunction !== undefined;
  }

  public get decideFunction(): lambda.IFunction {
    return this.saga.decideFunction ?? this.missing('no step waits for a decision, so there is no decideFunction: add AwaitApproval to steps');
  }

  public get repairFunction(): lambda.IFunction {
    return this.recovery.repairFunction;
  }

  public newFunction(scope: Construct, id: string, props: HostFunctionProps): lambda.Function {
    return new ConfiguredFunction(scope, id, { ...props, settings: this.functionSettings });
  }

  public grantStartOrder(grantee: iam.IGrantable): iam.Grant {
    return this.saga.grantStartOrder(grantee);
  }

  public grantReadOrders(grantee: iam.IGrantable): iam.Grant {
    return this.tables._grantReadOrders(grantee);
  }

  public grantDecide(grantee: iam.IGrantable): iam.Grant {
    return this.decideFunction.grantInvoke(grantee);
  }

  public grantRepair(grantee: iam.IGrantable): iam.Grant {
    return this.repairFunction.grantInvoke(grantee);
  }

  private missing(message: string): never {
    throw new ValidationError(message, this);
  }
}
