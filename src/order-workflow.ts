import {
  aws_dynamodb as dynamodb, aws_events as events, aws_iam as iam, aws_lambda as lambda, aws_logs as logs, aws_sns as sns, aws_stepfunctions as sfn,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { OrderMetrics } from './monitoring/order-metrics';
import { IStatusFeed } from './status-feed/status-feed-port';
import { IHasOrderTables, IStepHost } from './step-host';

/**
 * A workflow that processes orders: one that is made in this app, or one that was imported.
 */
export interface IOrderProcessingWorkflow extends IConstruct, IHasOrderTables {
  /**
   * The name of the workflow in events and alerts.
   */
  readonly workflowName: string;

  /**
   * The CloudWatch metrics of the orders.
   */
  readonly metrics: OrderMetrics;

  /**
   * The SNS topic that receives failure notifications.
   */
  readonly failureTopic: sns.ITopic;

  /**
   * The event bus that receives an `OrderStatusChanged` event for each change of status.
   */
  readonly eventBus: events.IEventBus;

  /**
   * The state machine that runs the orders.
   */
  readonly stateMachine: sfn.IStateMachine;

  /**
   * The ARN of the alias to start executions with: it points to the newest published version of the state machine.
   */
  readonly aliasArn: string;

  /**
   * The function that approves or declines an order that waits for a decision.
   */
  readonly decideFunction: lambda.IFunction;

  /**
   * The function that repairs an order which needs attention: `{ "orderId": "...", "action": "retry" }` or `"resolved"`.
   */
  readonly repairFunction: lambda.IFunction;

  /**
   * Grants the principal permission to start orders.
   *
   * @param grantee the principal
   */
  grantStartOrder(grantee: iam.IGrantable): iam.Grant;

  /**
   * Grants the principal permission to read orders.
   *
   * @param grantee the principal
   */
  grantReadOrders(grantee: iam.IGrantable): iam.Grant;

  /**
   * Grants the principal permission to decide on orders, by invoking `decideFunction`.
   *
   * @param grantee the principal
   */
  grantDecide(grantee: iam.IGrantable): iam.Grant;

  /**
   * Grants the principal permission to repair orders that need attention, by invoking `repairFunction`.
   *
   * @param grantee the principal
   */
  grantRepair(grantee: iam.IGrantable): iam.Grant;

  /**
   * Adds a rule for changes of status to the event bus.
   *
   * @param id the id of the rule
   * @param options the changes and the target
   */
  onStatusChanged(id: string, options?: OnStatusChangedOptions): events.Rule;
}

/**
 * The workflow that intakes, notifiers and alert targets are bound to.
 *
 * What it does not have throws, with the property that adds it.
 */
export interface IOrderWorkflow extends IOrderProcessingWorkflow, IStepHost {
  /**
   * Every status that an order of the workflow can have.
   */
  readonly orderStatuses: string[];

  /**
   * The names of the steps and closing steps.
   */
  readonly stepNames: string[];

  /**
   * The log group of the state machine.
   */
  readonly logGroup: logs.ILogGroup;

  /**
   * Whether the workflow has a WebSocket API.
   */
  readonly hasStatusFeed: boolean;

  /**
   * The WebSocket API of the workflow.
   */
  readonly statusFeed: IStatusFeed;

  /**
   * Whether a step of the workflow waits for a decision.
   */
  readonly hasDecideFunction: boolean;

  /**
   * The table of the locks that make a repeated request harmless, made with the first use of this attribute.
   *
   * An EXPRESS workflow has none: there the order's row alone does it.
   */
  readonly idempotencyTable: dynamodb.ITable;

  /**
   * The table of the alerts that were sent, for deduplication, made with the first use of this attribute.
   */
  readonly sentAlertsTable: dynamodb.ITable;
}

/**
 * Options for a rule for changes of status.
 */
export interface OnStatusChangedOptions {
  /**
   * The statuses that the rule matches.
   *
   * @default - all
   */
  readonly statuses?: string[];

  /**
   * The target of the rule.
   *
   * @default - no target; add some to the rule
   */
  readonly target?: events.IRuleTarget;

  /**
   * The description of the rule.
   *
   * @default - no description
   */
  readonly description?: string;
}
