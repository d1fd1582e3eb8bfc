import { RemovalPolicy, aws_dynamodb as dynamodb, aws_kms as kms, aws_logs as logs, aws_sns as sns, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { FunctionSettings } from '../function-settings';
import { IClosingStep } from '../steps/closing-step';
import { IOrderStep } from '../steps/order-step';

/**
 * Properties for OrderSaga.
 */
export interface OrderSagaProps {
  /**
   * The steps, in their order.
   */
  readonly steps: IOrderStep[];

  /**
   * The steps that run after an order was completed, in their order.
   *
   * @default - none
   */
  readonly closingSteps?: IClosingStep[];

  /**
   * The table of the orders.
   */
  readonly ordersTable: dynamodb.ITable;

  /**
   * The table of the products and their stock.
   */
  readonly productsTable: dynamodb.ITable;

  /**
   * The SNS topic that receives failure notifications.
   */
  readonly failureTopic: sns.ITopic;

  /**
   * Whether the topic receives orders that are rejected or cancelled too.
   *
   * @default false
   */
  readonly alertRejections?: boolean;

  /**
   * The type of the state machine.
   *
   * EXPRESS is cheaper and faster; it cannot wait for decisions, and an order must end within five minutes.
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
   * Settings of all functions.
   *
   * @default - the defaults of `FunctionSettings`
   */
  readonly functionSettings?: FunctionSettings;

  /**
   * The key that encrypts the execution history and what the steps make, and the topic and tables if they share it.
   *
   * @default - the keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to tables that steps make when their stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The log group of the state machine.
   *
   * Give it a name that begins with `/aws/vendedlogs/`: any other takes room in the account's resource policy for logs, which is soon full.
   *
   * @default - a new group, kept for a month
   */
  readonly logGroup?: logs.ILogGroup;
}
