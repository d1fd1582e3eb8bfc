import { Duration, aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CompensationOptions, IStepCompensation } from './step-compensation';
import { jsonata, orderWithKey } from '../jsonata/expressions';
import { functionTask } from '../private/function-task';
import { compensationRetrier } from '../private/retries';

/**
 * Properties for FunctionCompensation.
 */
export interface FunctionCompensationProps {
  /**
   * How long the task may take before it counts as failed.
   *
   * @default - the timeout of the function and five seconds, or a minute when that is not known
   */
  readonly timeout?: Duration;

  /**
   * How the task is retried; what is left out keeps its default. The longest delay of 30 seconds is for an `interval` that is shorter.
   *
   * @default - any error up to 6 times, after 2 seconds and then twice as long each time, at most 30, with full jitter
   */
  readonly retry?: sfn.RetryProps;
}

/**
 * Undoes a step by invoking a function.
 *
 * The function is invoked with the order and an `idempotencyKey` that is the same for each retry. It must have no effect when
 * there is nothing to undo.
 */
export class FunctionCompensation implements IStepCompensation {
  /**
   * @param handler the function to invoke
   * @param props properties of the compensation
   */
  constructor(private readonly handler: lambda.IFunction, private readonly props: FunctionCompensationProps = {}) {}

  public bind(scope: Construct, options: CompensationOptions): sfn.IChainable {
    return functionTask(scope, 'Task', {
      stateName: options.stateName,
      function: this.handler,
      payload: sfn.TaskInput.fromText(jsonata(
        orderWithKey(options.idempotencyPrefix, `${options.stepName}:undo`),
      )),
      outputs: jsonata('$states.result.Payload'),
      timeout: this.props.timeout,
      retriers: [compensationRetrier(this.props.retry)],
    });
  }
}
