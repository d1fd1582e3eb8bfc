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
import { StreamStartingPosition } from './status-feed/stream-starting-position';
import { IClosingStep } from './steps/closing-step';
import { IOrderStep } from './steps/order-step';

/**
 * Properties for OrderProcessingWorkflow.
 */
export interface OrderProcessingWorkflowProps {
  /**
   * The steps of an order, in sequence.
   *
   * @default - `ValidateOrder` and `ReserveInventory`
   */
  readonly steps?: IOrderStep[];

  /**
   * The steps that run after an order was completed, in sequence.
   *
   * @default - none
   */
  readonly closingSteps?: IClosingStep[];

  /**
   * The type of the state machine.
   *
   * EXPRESS is cheaper and faster; it cannot wait for a decision, and an order must end within five minutes.
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
   * What the idempotency keys of steps and compensations begin with: `<prefix>:<orderId>:<step>`. It has 1 to 64 letters, digits, `.`, `_` or `-`.
   *
   * Two workflows that use one account of a payment provider must not share it: a charge of the one would count as a repetition of the
   * other's. By default it belongs to the table, as the ids of orders do, so that a workflow that is moved with its table keeps its keys.
   * Set it to the earlier value if the table gets another name, or orders under way could be charged twice or not be refunded; and to values
   * that differ where tables of the same name, in several accounts or regions, share a provider's account.
   *
   * @default - the name of the table of orders
   */
  readonly idempotencyPrefix?: string;

  /**
   * An existing table for the orders; see `OrderTablesProps.ordersTable`.
   *
   * @default - a new table
   */
  readonly ordersTable?: dynamodb.ITable;

  /**
   * An existing table for the products; see `OrderTablesProps.productsTable`.
   *
   * @default - a new table
   */
  readonly productsTable?: dynamodb.ITable;

  /**
   * An existing SNS topic for failure notifications.
   *
   * @default - a new topic
   */
  readonly failureTopic?: sns.ITopic;

  /**
   * The targets that receive failure notifications.
   *
   * @default - only the subscribers of the topic; see also `addAlertTarget`
   */
  readonly alertTargets?: IAlertTarget[];

  /**
   * Whether the topic also receives orders that are rejected or cancelled, as `AlertKind.ORDER_REJECTED`.
   *
   * @default false
   */
  readonly alertRejections?: boolean;

  /**
   * The monitoring of the workflow: its dashboard, alarms and saved queries.
   *
   * @default - all of these, with the defaults of `MonitoringOptions`
   */
  readonly monitoring?: MonitoringOptions;

  /**
   * When orders of interrupted executions are recovered.
   *
   * @default - the defaults of `RecoveryOptions`
   */
  readonly recovery?: RecoveryOptions;

  /**
   * The settings of all functions: runtime, memory, VPC, logs and more.
   *
   * @default - the defaults of `FunctionSettings`
   */
  readonly functionSettings?: FunctionSettings;

  /**
   * The KMS key that encrypts tables, topic, queues, logs and execution history.
   *
   * @default - a new key for the topic, and the keys that AWS owns for the rest
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to the tables, to the queues that hold orders, and to the key of the topic, when their stack is deleted.
   *
   * DESTROY also turns off the deletion protection of the tables.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The log group of the state machine.
   *
   * Give it a name that begins with `/aws/vendedlogs/`: any other takes room in the account's resource policy for logs, which is soon full.
   *
   * @default - a new log group with a retention of one month
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * The WebSocket API that shows browsers the status of their orders; `{}` has the defaults.
   *
   * @default - no WebSocket API
   */
  readonly statusFeed?: StatusFeedOptions;

  /**
   * The notifiers of changes of status.
   *
   * @default - none; see also `addNotifier` and `onStatusChanged`
   */
  readonly notifiers?: IOrderNotifier[];

  /**
   * The channels through which the workflow receives orders.
   *
   * @default - none: start executions of `aliasArn`; see also `addIntake`
   */
  readonly intakes?: IOrderIntake[];

  /**
   * An existing event bus for the changes of status.
   *
   * @default - a new event bus, if it is used
   */
  readonly eventBus?: events.IEventBus;

  /**
   * Where in the stream of an existing `ordersTable` the changes of status begin that the first feed, notifier or rule gets.
   *
   * The changes of a new table are published from its first deployment.
   *
   * @default StreamStartingPosition.LATEST
   */
  readonly startingPosition?: StreamStartingPosition;
}
