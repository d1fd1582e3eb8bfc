import { Duration, aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CompensationBindOptions, IStepCompensation } from './order-step';
import { functionTask } from '../private/function-task';
import { compensationRetrier } from '../private/retries';
import { idempotencyKey, jsonata } from '../jsonata/expressions';

/**
 * How a function that undoes a step is called.
 */
export interface FunctionCompensationProps {
  /**
   * How long the function may take.
   *
   * @default - what the function may take and five seconds, or a minute when that is not known
   */
  readonly timeout?: Duration;

  /**
   * How the function is retried; what is left out keeps its default.
   *
   * @default - any error up to 6 times, after 2 seconds and then twice as long each time, at most 30, with full jitter
   */
  readonly retry?: sfn.RetryProps;
}

/**
 * Undoes a step by calling a function.
 *
 * The function gets the order with an `idempotencyKey` that is the same for every try. It must be harmless when
 * there is nothing to undo.
 */
export class FunctionCompensation implements IStepCompensation {
  /**
   * @param handler the function to call
   * @param props how to call it
   */
  constructor(private readonly handler: lambda.IFunction, private readonly props: FunctionCompensationProps = {}) {}

  public bind(scope: Construct, options: CompensationBindOptions): sfn.IChainable {
    return functionTask(scope, 'Task', {
      stateName: options.stateName,
      function: this.handler,
      payload: sfn.TaskInput.fromText(jsonata(
        `$merge([$states.input, {'idempotencyKey': ${idempotencyKey('$states.input', `${options.stepName}:undo`)}}])`,
      )),
      outputs: jsonata('$states.result.Payload'),
      timeout: this.props.timeout,
      retriers: [compensationRetrier(this.props.retry)],
    });
  }
}
