import { aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { InvokeFunction } from './invoke-function';
import { IOrderStep, IStepCompensation, OrderStepBindOptions, OrderStepConfig } from './order-step';
import { StepSettings } from './step-settings';
import { advanceOrder } from '../order-row/forward-writes';

/**
 * How orders are created.
 */
export interface CreateOrderProps extends StepSettings {
  /**
   * The status of an order that was created.
   *
   * @default CREATED
   */
  readonly acceptedStatus?: string;

  /**
   * A function of yours that creates the order elsewhere, in a shop or an ERP system.
   *
   * It gets the order with an `idempotencyKey`, and what it returns is kept as `results.CreateOrder`.
   *
   * @default - none: the order is what its row says, and the step is one conditional write without a function
   */
  readonly handler?: lambda.IFunction;

  /**
   * What undoes what `handler` has created.
   *
   * @default - there is nothing to undo
   */
  readonly compensation?: IStepCompensation;
}

/**
 * Marks the point from which the order is a promise to the customer.
 */
export class CreateOrder implements IOrderStep {
  public readonly stepName: string;

  /**
   * @param props how to create
   */
  constructor(private readonly props: CreateOrderProps = {}) {
    this.stepName = props.stepName ?? 'CreateOrder';
  }

  public bind(scope: Construct, options: OrderStepBindOptions): OrderStepConfig {
    const { acceptedStatus = 'CREATED', handler, compensation, timeout, retry } = this.props;
    const { stepName } = this;
    if (handler) {
      return new InvokeFunction({ stepName, handler, acceptedStatus, compensation, timeout, retry }).bind(scope, options);
    }
    return {
      action: advanceOrder(scope, 'Task', { table: options.ordersTable, stepName, status: acceptedStatus, timeout, retry }),
      acceptedStatus,
      writesOrder: true,
      compensation,
    };
  }
}
