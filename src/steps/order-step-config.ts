import {
  CompensationOnlyStepProps, StatusOnlyStepProps, TaskStepProps, TransactionalStepProps, WaitingStepProps,
} from './step-config-props';
import { StepDetails } from './step-details';

/** The same for every copy of the library. */
const ORDER_STEP_CONFIG = Symbol.for('cdk-order-workflow.OrderStepConfig');

/**
 * How a step takes part in the workflow: one factory for each kind of step.
 */
export class OrderStepConfig {
  /**
   * A step that runs states; the workflow writes their outcome to the order.
   *
   * @param props properties of the step
   */
  public static task(props: TaskStepProps): OrderStepConfig {
    return new OrderStepConfig({ ...props, kind: 'task', recordsPayment: false });
  }

  /**
   * A step whose function has its effect and writes the order's status in one transaction.
   *
   * @param props properties of the step
   */
  public static transactional(props: TransactionalStepProps): OrderStepConfig {
    return new OrderStepConfig({ ...props, kind: 'transactional' });
  }

  /**
   * A step that waits for a decision. The wait costs nothing and survives deployments; `decideFunction` ends it.
   *
   * @param props properties of the step
   */
  public static waiting(props: WaitingStepProps): OrderStepConfig {
    return new OrderStepConfig({ ...props, kind: 'waiting' });
  }

  /**
   * A step that writes a status, by one conditional write without a function.
   *
   * @param props properties of the step
   */
  public static statusOnly(props: StatusOnlyStepProps): OrderStepConfig {
    return new OrderStepConfig({ ...props, kind: 'statusOnly' });
  }

  /**
   * A step that happened before the order was started: it only undoes. It is the first of the steps.
   *
   * @param props properties of the step
   */
  public static compensationOnly(props: CompensationOnlyStepProps): OrderStepConfig {
    return new OrderStepConfig({ ...props, kind: 'compensationOnly' });
  }

  /** A task whose result is kept as the `payment` of the order. @internal */
  public static _payment(props: TaskStepProps): OrderStepConfig {
    return new OrderStepConfig({ ...props, kind: 'task', recordsPayment: true });
  }

  /** @internal */
  public static _isOrderStepConfig(value: unknown): value is OrderStepConfig {
    return typeof value === 'object' && value !== null && ORDER_STEP_CONFIG in value;
  }

  /** @internal */
  public static _detailsOf(config: OrderStepConfig): StepDetails {
    return config.details;
  }

  private constructor(private readonly details: StepDetails) {
    Object.defineProperty(this, ORDER_STEP_CONFIG, { value: true });
  }
}
