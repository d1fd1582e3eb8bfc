import { RemovalPolicy, aws_dynamodb as dynamodb, aws_kms as kms, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FunctionSettings } from '../function-settings';

/**
 * A step of the order saga.
 *
 * Implement it to add a step of your own; `InvokeFunction` and `RunStates` cover most needs without that.
 */
export interface IOrderStep {
  /**
   * The name of the step, unique within its workflow.
   */
  readonly stepName: string;

  /**
   * Makes what the step needs and says how it takes part in the saga.
   *
   * @param scope where to make constructs: a namespace of this step's own
   * @param options what the workflow offers to the step
   */
  bind(scope: Construct, options: OrderStepBindOptions): OrderStepConfig;
}

/**
 * What a workflow offers to a step that is bound to it.
 */
export interface OrderStepBindOptions {
  /**
   * The table of the orders.
   */
  readonly ordersTable: dynamodb.ITable;

  /**
   * The table of the products and their stock.
   */
  readonly productsTable: dynamodb.ITable;

  /**
   * The type of the state machine that the step becomes a part of.
   */
  readonly stateMachineType: sfn.StateMachineType;

  /**
   * The currency of an order that names none.
   */
  readonly defaultCurrency: string;

  /**
   * The nearest earlier step that has a compensation: where the undo begins when this step rejects.
   *
   * @default - nothing has to be undone when this step rejects
   */
  readonly undoFrom?: string;

  /**
   * How to tune the functions that the step makes.
   *
   * @default - the defaults of `FunctionSettings`
   */
  readonly functionSettings?: FunctionSettings;

  /**
   * The key that encrypts what the step makes.
   *
   * @default - the keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to a table or queue that the step makes when its stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * How a step takes part in the saga.
 */
export interface OrderStepConfig {
  /**
   * The states that do the step's work.
   *
   * Their input is the order. The output of the last one is an object with the step's `status`, a `reason` if
   * there is one, and whatever else is to be kept in `results.<stepName>` of the order. A step that declares no
   * rejected status may leave out its `status`. The output of a closing step is ignored.
   *
   * @default - the step does nothing on the way forward: it only brings a compensation
   */
  readonly action?: sfn.IChainable;

  /**
   * What undoes the step.
   *
   * @default - there is nothing to undo
   */
  readonly compensation?: IStepCompensation;

  /**
   * The status of an order that the step accepted.
   *
   * @default - none, which only a closing step or one without an action may do
   */
  readonly acceptedStatus?: string;

  /**
   * The statuses of an order that the step rejected.
   *
   * @default - the step rejects no order
   */
  readonly rejectedStatuses?: string[];

  /**
   * The status of an order while the action waits for a decision.
   *
   * The action is a single task which writes this status, and its own task token, to the order. When nobody
   * decides within the task's time-out, the order gets the first of the rejected statuses.
   *
   * @default - the action does not wait
   */
  readonly waitingStatus?: string;

  /**
   * A JSONata condition on the order, `$states.input`; where it does not hold, the step is passed over.
   *
   * @default - every order takes the step
   */
  readonly onlyIf?: string;

  /**
   * Whether the action itself writes the order's new status, in one transaction with its effect.
   *
   * Its last state then outputs the whole order as it was written.
   *
   * @default false
   */
  readonly writesOrder?: boolean;

  /**
   * Whether the action, as the first of a workflow, can create the order's row or take over the one of the intake.
   *
   * @default false
   */
  readonly opensOrder?: boolean;

  /**
   * Whether the step's result is the order's payment: kept as `payment` instead of `results.<stepName>`.
   *
   * @default false
   */
  readonly recordsPayment?: boolean;

  /**
   * Whether the step runs after the order was completed: it is retried, alerts when it fails, and undoes nothing.
   *
   * @default false
   */
  readonly closing?: boolean;
}

/**
 * Undoes what a step has done.
 *
 * It is bound once into the workflow and once into whatever else has to undo orders, so its functions are made
 * where the step is bound and `bind` makes states only.
 */
export interface IStepCompensation {
  /**
   * The states that undo the step.
   *
   * Their input is the order. They must be harmless when there is nothing to undo, when they run twice, and
   * when the step's action still arrives after them. An output with `status: 'REFUNDED'` says that money went back.
   *
   * @param scope where to make the states
   * @param options what is to be undone
   */
  bind(scope: Construct, options: CompensationBindOptions): sfn.IChainable;
}

/**
 * What a compensation is bound to.
 */
export interface CompensationBindOptions {
  /**
   * The name of the step to undo.
   */
  readonly stepName: string;

  /**
   * The name for a single state, or the first words of the names of several.
   */
  readonly stateName: string;
}
