import {
  RemovalPolicy, aws_dynamodb as dynamodb, aws_events as events, aws_kms as kms, aws_logs as logs, aws_sns as sns,
  aws_stepfunctions as sfn,
} from 'aws-cdk-lib';
import { IAlertTarget } from './alerting/alert-target';
import { FunctionSettings } from './function-settings';
import { IOrderIntake } from './intake/order-intake';
import { MonitoringOptions } from './monitoring/monitoring-options';
import { IOrderNotifier } from './notifiers/order-notifier';
import { RecoveryOptions } from './recovery/order-recovery-props';
import { StatusFeedOptions } from './status-feed/status-feed-options';
import { IClosingStep } from './steps/closing-step';
import { IOrderStep } from './steps/order-step';

/**
 * A workflow that processes orders.
 */
export interface OrderProcessingWorkflowProps {
  /**
   * The steps an order goes through, in their order.
   *
   * @default - `ValidateOrder` and `ReserveInventory`
   */
  readonly steps?: IOrderStep[];

  /**
   * The steps that run after an order was completed, in their order.
   *
   * @default - none
   */
  readonly closingSteps?: IClosingStep[];

  /**
   * The type of the state machine.
   *
   * EXPRESS is cheaper and faster; it cannot wait for people, and an order must end within five minutes.
   *
   * @default StateMachineType.STANDARD
   */
  readonly stateMachineType?: sfn.StateMachineType;

  /**
   * The currency of an order that names none.
   *
   * @default USD
   */
  readonly defaultCurrency?: string;

  /**
   * A table of yours for the orders; see `OrderTablesProps.ordersTable`.
   *
   * @default - a new table
   */
  readonly ordersTable?: dynamodb.ITable;

  /**
   * A table of yours for the products; see `OrderTablesProps.productsTable`.
   *
   * @default - a new table
   */
  readonly productsTable?: dynamodb.ITable;

  /**
   * A topic of yours for failures.
   *
   * @default - a new topic
   */
  readonly failureTopic?: sns.ITopic;

  /**
   * Who is told of failures.
   *
   * @default - nobody but who subscribes to the topic; see also `addAlertTarget`
   */
  readonly alertTargets?: IAlertTarget[];

  /**
   * Whether orders that are rejected or cancelled are told to the topic too, as `AlertKind.ORDER_REJECTED`.
   *
   * @default false
   */
  readonly alertRejections?: boolean;

  /**
   * How the workflow is watched: its dashboard, alarms and saved queries.
   *
   * @default - all of these, with the defaults of `MonitoringOptions`
   */
  readonly monitoring?: MonitoringOptions;

  /**
   * When orders are taken up whose execution has died.
   *
   * @default - the defaults of `RecoveryOptions`
   */
  readonly recovery?: RecoveryOptions;

  /**
   * How to tune all functions: runtime, memory, VPC, logs and more.
   *
   * @default - the defaults of `FunctionSettings`
   */
  readonly functionSettings?: FunctionSettings;

  /**
   * One key for tables, topic, logs and execution history.
   *
   * @default - a new key for the topic, and the keys that AWS owns for the rest
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to the tables, to the queues that hold orders, and to the key of the topic, when their stack is deleted;
   * DESTROY also turns off the deletion protection of the tables.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The log group of the state machine.
   *
   * @default - a new group, kept for a month
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * Shows browsers the status of their orders, over a WebSocket API; `{}` takes the defaults.
   *
   * @default - no WebSocket API
   */
  readonly statusFeed?: StatusFeedOptions;

  /**
   * Who is told of changes of status.
   *
   * @default - nobody; see also `addNotifier` and `onStatusChanged`
   */
  readonly notifiers?: IOrderNotifier[];

  /**
   * How orders come in.
   *
   * @default - by executions of the state machine that you start; see also `addIntake`
   */
  readonly intakes?: IOrderIntake[];

  /**
   * A bus of yours for the changes of status.
   *
   * @default - a new bus, as soon as somebody is told
   */
  readonly eventBus?: events.IEventBus;
}
