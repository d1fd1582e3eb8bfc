import { aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FunctionCompensation } from './function-compensation';
import { IOrderStep } from './order-step';
import { OrderStepConfig } from './order-step-config';
import { IStepCompensation } from './step-compensation';
import { StepSettings } from './step-settings';
import { jsonata, orderWithKey } from '../jsonata/expressions';
import { functionTask } from '../private/function-task';
import { functionRetrier } from '../private/retries';
import { IStepHost } from '../step-host';

/**
 * Properties for InvokeFunction.
 */
export interface InvokeFunctionProps extends StepSettings {
  /**
   * The function to invoke.
   *
   * It is invoked with the order and an `idempotencyKey` that is the same for each retry, and returns an object with the
   * `status` of its outcome, a `reason` if there is one, and what is to be kept as `results.<stepName>`.
   */
  readonly handler: lambda.IFunction;

  /**
   * The status of an order that the function accepted.
   */
  readonly acceptedStatus: string;

  /**
   * The statuses of an order that the function rejected.
   *
   * @default - the function rejects no order: to return is to accept
   */
  readonly rejectedStatuses?: string[];

  /**
   * A function that undoes what the step has done.
   *
   * It is invoked with the order and an `idempotencyKey` of its own, and must have no effect when there is nothing to undo.
   *
   * @default - there is nothing to undo
   */
  readonly undoHandler?: lambda.IFunction;

  /**
   * Undoes the step, when a single function does not.
   *
   * @default - the function of `undoHandler`
   */
  readonly compensation?: IStepCompensation;
}

/**
 * Invokes a Lambda function, of any language, as a step.
 */
export class InvokeFunction implements IOrderStep {
  public readonly stepName: string;

  /**
   * @param props properties of the step
   */
  constructor(private readonly props: InvokeFunctionProps) {
    this.stepName = props.stepName ?? 'InvokeFunction';
  }

  public bind(scope: Construct, host: IStepHost): OrderStepConfig {
    const { handler, acceptedStatus, rejectedStatuses, undoHandler, compensation, timeout, retry } = this.props;
    return OrderStepConfig.task({
      states: functionTask(scope, 'Task', {
        stateName: this.stepName,
        function: handler,
        payload: sfn.TaskInput.fromText(jsonata(
          orderWithKey(host.idempotencyPrefix, this.stepName),
        )),
        outputs: jsonata('$states.result.Payload'),
        timeout,
        retriers: [functionRetrier(retry)],
      }),
      acceptedStatus,
      rejectedStatuses,
      compensation: compensation ?? (undoHandler && new FunctionCompensation(undoHandler)),
    });
  }
}
