import {
  aws_dynamodb as dynamodb, aws_events as events, aws_iam as iam, aws_lambda as lambda,
  aws_stepfunctions as sfn,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IAlertTarget } from './alerting/alert-target';
import { FailureAlerts } from './alerting/failure-alerts';
import { IdempotencyTable } from './intake/idempotency-table';
import { IOrderIntake } from './intake/order-intake';
import { OrderMetrics } from './monitoring/order-metrics';
import { OrderMonitoring } from './monitoring/order-monitoring';
import { IOrderNotifier } from './notifiers/order-notifier';
import { OrderProcessingWorkflowProps } from './order-processing-workflow-props';
import { OrderStatus } from './order-status';
import { OnStatusChangedOptions } from './order-workflow';
import { grantIndex } from './private/grant-table';
import { OrderRecovery } from './recovery/order-recovery';
import { OrderSaga } from './saga/order-saga';
import { declaredStatuses } from './saga/saga-step';
import { StatusFeed } from './status-feed/status-feed';
import { StatusPublisher } from './status-feed/status-publisher';
import { ReserveInventory } from './steps/reserve-inventory';
import { ValidateOrder } from './steps/validate-order';
import { OrderTables } from './tables/order-tables';
import { WatchList } from './watch-list';

/**
 * Processes orders: runs each through its steps and undoes them in reverse when one of them ends it.
 */
export class OrderProcessingWorkflow extends Construct {
  /**
   * The tables of the orders and of the products.
   */
  public readonly tables: OrderTables;

  /**
   * The topic to which failures are told.
   */
  public readonly alerts: FailureAlerts;

  /**
   * The saga: the state machine and what belongs to it.
   */
  public readonly saga: OrderSaga;

  /**
   * What takes up orders whose execution has died.
   */
  public readonly recovery: OrderRecovery;

  /**
   * The WebSocket API, when there is one.
   */
  public readonly statusFeed?: StatusFeed;

  /**
   * The dashboard, the alarms and the saved queries.
   */
  public readonly monitoring: OrderMonitoring;

  private publisher?: StatusPublisher;
  private locks?: IdempotencyTable;
  private readonly intakeScope: Construct;
  private readonly props: OrderProcessingWorkflowProps;
  private readonly notifierScope: Construct;
  private readonly alertTargetScope: Construct;

  /**
   * @param scope the parent
   * @param id the id within the parent
   * @param props the steps, and what to use instead of making it
   */
  constructor(scope: Construct, id: string, props: OrderProcessingWorkflowProps = {}) {
    super(scope, id);
    WatchList.open(this);
    this.props = props;
    const { encryptionKey, removalPolicy, functionSettings } = props;
    this.tables = new OrderTables(this, 'Tables', {
      ordersTable: props.ordersTable,
      productsTable: props.productsTable,
      encryptionKey,
      removalPolicy,
    });
    this.alerts = new FailureAlerts(this, 'Alerts', { topic: props.failureTopic, encryptionKey, removalPolicy });
    this.saga = new OrderSaga(this, 'Saga', {
      steps: props.steps ?? [new ValidateOrder(), new ReserveInventory()],
      closingSteps: props.closingSteps,
      ordersTable: this.tables.orders,
      productsTable: this.tables.products,
      failureTopic: this.alerts.topic,
      alertRejections: props.alertRejections,
      stateMachineType: props.stateMachineType,
      defaultCurrency: props.defaultCurrency,
      logGroup: props.logGroup,
      functionSettings,
      encryptionKey,
      removalPolicy,
    });
    this.recovery = new OrderRecovery(this, 'Recovery', {
      ...props.recovery,
      saga: this.saga,
      failureTopic: this.alerts.topic,
      workflowName: this.node.path,
    });
    this.monitoring = new OrderMonitoring(this, 'Monitoring', {
      ...props.monitoring,
      workflowName: this.node.path,
      stateMachine: this.saga.stateMachine,
      logGroup: this.saga.logGroup,
      metrics: this.metrics,
      failureTopic: this.alerts.topic,
    });
    this.statusFeed = props.statusFeed && new StatusFeed(this, 'StatusFeed', {
      ...props.statusFeed,
      ordersTable: this.ordersTable,
      publisher: this.ensurePublisher(),
      failureTopic: this.alerts.topic,
      functionSettings,
      encryptionKey,
      removalPolicy,
    });
    this.notifierScope = new Construct(this, 'Notifiers');
    for (const notifier of props.notifiers ?? []) {
      this.addNotifier(freeId(this.notifierScope, notifier), notifier);
    }
    this.intakeScope = new Construct(this, 'Intakes');
    for (const intake of props.intakes ?? []) {
      this.addIntake(freeId(this.intakeScope, intake), intake);
    }
    this.alertTargetScope = new Construct(this, 'AlertTargets');
    for (const target of props.alertTargets ?? []) {
      this.addAlertTarget(freeId(this.alertTargetScope, target), target);
    }
  }

  /**
   * Lets orders come in one more way.
   *
   * @param id the id of the intake within the workflow
   * @param intake the way
   */
  public addIntake(id: string, intake: IOrderIntake): void {
    const isExpress = this.props.stateMachineType === sfn.StateMachineType.EXPRESS;
    if (!isExpress) {
      this.locks ??= new IdempotencyTable(this, 'Locks', { encryptionKey: this.props.encryptionKey });
    }
    intake.bind(new Construct(this.intakeScope, id), {
      ordersTable: this.ordersTable,
      saga: this.saga,
      statusFeed: this.statusFeed,
      failureTopic: this.alerts.topic,
      defaultCurrency: this.saga.defaultCurrency,
      idempotencyTable: this.locks?.table,
      functionSettings: this.props.functionSettings,
      encryptionKey: this.props.encryptionKey,
      removalPolicy: this.props.removalPolicy,
    });
  }

  /**
   * The table of the locks that make a repeated request harmless, when there is an intake that needs it.
   */
  public get idempotencyTable(): dynamodb.ITable | undefined {
    return this.locks?.table;
  }

  /**
   * Tells somebody more of changes of status.
   *
   * @param id the id of the notifier within the workflow
   * @param notifier who, and of what
   */
  public addNotifier(id: string, notifier: IOrderNotifier): void {
    notifier.bind(new Construct(this.notifierScope, id), {
      publisher: this.ensurePublisher(),
      orderStatuses: this.orderStatuses(),
      failureTopic: this.alerts.topic,
      functionSettings: this.props.functionSettings,
      encryptionKey: this.props.encryptionKey,
      removalPolicy: this.props.removalPolicy,
    });
  }

  /**
   * Tells somebody more of failures.
   *
   * @param id the id of the target within the workflow
   * @param target who, and of what
   */
  public addAlertTarget(id: string, target: IAlertTarget): void {
    target.bind(new Construct(this.alertTargetScope, id), {
      alerts: this.alerts,
      workflowName: this.node.path,
      logGroup: this.saga.logGroup,
      functionSettings: this.props.functionSettings,
      encryptionKey: this.props.encryptionKey,
    });
  }

  /**
   * A rule for changes of status, for targets of your own.
   *
   * @param id the id of the rule
   * @param options which changes, and who is told
   */
  public onStatusChanged(id: string, options: OnStatusChangedOptions = {}): events.Rule {
    return this.ensurePublisher().onStatusChanged(id, options);
  }

  /**
   * What tells of changes of status, as soon as somebody is told.
   */
  public get statusPublisher(): StatusPublisher | undefined {
    return this.publisher;
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
   * The CloudWatch metrics of the orders.
   */
  public get metrics(): OrderMetrics {
    return this.saga.metrics;
  }

  /**
   * The state machine.
   */
  public get stateMachine(): sfn.StateMachine {
    return this.saga.stateMachine;
  }

  /**
   * The ARN to start executions with: an alias that points to the newest published version of the state machine.
   */
  public get aliasArn(): string {
    return this.saga.aliasArn;
  }

  /**
   * The function that answers an order which waits for a decision, when a step waits for one.
   */
  public get decideFunction(): lambda.IFunction | undefined {
    return this.saga.decideFunction;
  }

  /**
   * The function that repairs an order which needs attention: `{ "orderId": "...", "action": "retry" }` or `"resolved"`.
   */
  public get repairFunction(): lambda.IFunction {
    return this.recovery.repairFunction;
  }

  /**
   * Lets somebody repair orders that need attention, by calling `repairFunction`.
   *
   * @param grantee who
   */
  public grantRepair(grantee: iam.IGrantable): iam.Grant {
    return this.recovery.grantRepair(grantee);
  }

  /**
   * Lets somebody start orders.
   *
   * @param grantee who
   */
  public grantStartOrder(grantee: iam.IGrantable): iam.Grant {
    return this.saga.grantStartOrder(grantee);
  }

  /**
   * Lets somebody read orders.
   *
   * @param grantee who
   */
  public grantReadOrders(grantee: iam.IGrantable): iam.Grant {
    const grant = this.ordersTable.grantReadData(grantee);
    if (!this.props.ordersTable) {
      return grant;
    }
    // Of a table that was imported by its name the CDK does not know that it has an index, and leaves it out.
    return grant.combine(grantIndex(this.ordersTable, OrderTables.OPEN_ORDERS_INDEX, grantee, ['dynamodb:Query', 'dynamodb:Scan']));
  }

  /**
   * Lets somebody decide about orders that wait for it, by calling `decideFunction`.
   *
   * @param grantee who
   */
  public grantDecide(grantee: iam.IGrantable): iam.Grant {
    return this.saga.grantDecide(grantee);
  }

  private orderStatuses(): string[] {
    const ofWorkflow = OrderStatus._RESERVED.filter((status) => status !== OrderStatus.DUPLICATE);
    return [...ofWorkflow, ...this.saga._steps.flatMap(({ config }) => declaredStatuses(config))];
  }

  /** A workflow that nobody listens to needs no function on its stream. */
  private ensurePublisher(): StatusPublisher {
    this.publisher ??= new StatusPublisher(this, 'StatusPublisher', {
      ordersTable: this.ordersTable,
      workflowName: this.node.path,
      eventBus: this.props.eventBus,
      failureTopic: this.alerts.topic,
      functionSettings: this.props.functionSettings,
      encryptionKey: this.props.encryptionKey,
    });
    return this.publisher;
  }
}

/**
 * An id that does not depend on what stands before in a list: by its place, what is put in front of a queue would replace
 * the queue, with what is in it.
 */
function freeId(scope: Construct, part: object): string {
  const name = part.constructor.name;
  let id = name;
  for (let count = 2; scope.node.tryFindChild(id); count++) {
    id = `${name}${count}`;
  }
  return id;
}
