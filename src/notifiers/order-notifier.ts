import { RemovalPolicy, aws_kms as kms, aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FunctionSettings } from '../function-settings';
import { StatusPublisher } from '../status-feed/status-publisher';

/**
 * Tells somebody of changes of status.
 *
 * Implement it to add a notifier of your own; `EventTargetNotifier` covers every target that EventBridge knows.
 */
export interface IOrderNotifier {
  /**
   * Makes what the notifier needs.
   *
   * @param scope where to make constructs: a namespace of this notifier's own
   * @param options what the workflow offers to the notifier
   */
  bind(scope: Construct, options: OrderNotifierBindOptions): void;
}

/**
 * What a workflow offers to a notifier that is bound to it.
 */
export interface OrderNotifierBindOptions {
  /**
   * What tells of changes of status.
   */
  readonly publisher: StatusPublisher;

  /**
   * The statuses that an order of the workflow can have.
   *
   * @default - they are not known, and any will do
   */
  readonly orderStatuses?: string[];

  /**
   * The topic that is told when a notice could not be delivered.
   */
  readonly failureTopic: sns.ITopic;

  /**
   * How to tune the functions that the notifier makes.
   *
   * @default - the defaults of `FunctionSettings`
   */
  readonly functionSettings?: FunctionSettings;

  /**
   * The key that encrypts what the notifier makes.
   *
   * @default - the keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to queues that hold notices of orders when their stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Which changes a notifier tells of.
 */
export interface NotifierOptions {
  /**
   * The statuses to tell of.
   *
   * @default - all
   */
  readonly statuses?: string[];
}
