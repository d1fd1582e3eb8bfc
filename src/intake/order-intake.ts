import { RemovalPolicy, aws_dynamodb as dynamodb, aws_kms as kms, aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FunctionSettings } from '../function-settings';
import { OrderSaga } from '../saga/order-saga';
import { StatusFeed } from '../status-feed/status-feed';

/**
 * A way for orders to come in.
 *
 * Implement it to add one of your own.
 */
export interface IOrderIntake {
  /**
   * Makes what the intake needs.
   *
   * @param scope where to make constructs: a namespace of this intake's own
   * @param options what the workflow offers to the intake
   */
  bind(scope: Construct, options: OrderIntakeBindOptions): void;
}

/**
 * What a workflow offers to an intake that is bound to it.
 */
export interface OrderIntakeBindOptions {
  /**
   * The table of the orders.
   */
  readonly ordersTable: dynamodb.ITable;

  /**
   * The saga that runs the orders.
   */
  readonly saga: OrderSaga;

  /**
   * The topic that is told when an order could not be taken in.
   */
  readonly failureTopic: sns.ITopic;

  /**
   * The currency of an order that names none.
   */
  readonly defaultCurrency: string;

  /**
   * The table of the locks that make a repeated request harmless.
   *
   * @default - none: the order's row alone makes it so
   */
  readonly idempotencyTable?: dynamodb.ITable;

  /**
   * The WebSocket API of the workflow.
   *
   * @default - there is none
   */
  readonly statusFeed?: StatusFeed;

  /**
   * How to tune the functions that the intake makes.
   *
   * @default - the defaults of `FunctionSettings`
   */
  readonly functionSettings?: FunctionSettings;

  /**
   * The key that encrypts what the intake makes.
   *
   * @default - the keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to queues that hold orders when their stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
