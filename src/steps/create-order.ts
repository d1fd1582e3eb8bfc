import { aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { InvokeFunction } from './invoke-function';
import { IOrderStep } from './order-step';
import { OrderStepConfig } from './order-step-config';
import { IStepCompensation } from './step-compensation';
import { StepSettings } from './step-settings';
import { IStepHost } from '../step-host';

/**
 * Properties for CreateOrder.
 */
export interface CreateOrderProps extends StepSettings {
  /**
   * The status of an order that was created.
   *
   * @default CREATED
   */
  readonly acceptedStatus?: string;

  /**
   * A function that creates the order elsewhere, in a shop or an ERP system.
   *
   * It is invoked with the order and an `idempotencyKey`, and what it returns is kept as `results.CreateOrder`.
   *
   * @default - none: the step is one conditional write of the status, without a function
   */
  readonly handler?: lambda.IFunction;

  /**
   * Undoes what `handler` has created.
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
   * @param props properties of the step
   */
  constructor(private readonly props: CreateOrderProps = {}) {
    this.stepName = props.stepName ?? 'CreateOrder';
  }

  public bind(scope: Construct, host: IStepHost): OrderStepConfig {
    const { acceptedStatus = 'CREATED', handler, compensation, timeout, retry } = this.props;
    if (handler) {
      return new InvokeFunction({ stepName: this.stepName, handler, acceptedStatus, compensation, timeout, retry }).bind(scope, host);
    }
    return OrderStepConfig.statusOnly({ acceptedStatus, compensation, timeout, retry });
  }
}
