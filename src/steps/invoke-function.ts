import { aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FunctionCompensation } from './function-compensation';
import { IOrderStep, IStepCompensation, OrderStepBindOptions, OrderStepConfig } from './order-step';
import { StepSettings } from './step-settings';
import { functionTask } from '../private/function-task';
import { functionRetrier } from '../private/retries';
import { idempotencyKey, jsonata } from '../jsonata/expressions';

/**
 * A step that is a function of yours.
 */
export interface InvokeFunctionProps extends StepSettings {
  /**
   * The function to call.
   *
   * It gets the order with an `idempotencyKey` that is the same for every try, and returns an object with the
   * `status` of its outcome, a `reason` if there is one, and what is to be kept as `results.<stepName>`.
   */
  readonly handler: lambda.IFunction;

  /**
   * The status of an order that the function accepted.
   *
   * @default - none, which only a closing step may do
   */
  readonly acceptedStatus?: string;

  /**
   * The statuses of an order that the function rejected.
   *
   * @default - the function rejects no order: to return is to accept
   */
  readonly rejectedStatuses?: string[];

  /**
   * A function that undoes what the step has done.
   *
   * It gets the order with an `idempotencyKey` of its own, and must be harmless when there is nothing to undo.
   *
   * @default - there is nothing to undo
   */
  readonly undoHandler?: lambda.IFunction;

  /**
   * What undoes the step, when a single function does not.
   *
   * @default - the function of `undoHandler`
   */
  readonly compensation?: IStepCompensation;

  /**
   * Whether the step runs after the order was completed.
   *
   * @default false
   */
  readonly closing?: boolean;
}

/**
 * Runs a Lambda function, of any language, as a step.
 */
export class InvokeFunction implements IOrderStep {
  public readonly stepName: string;

  /**
   * @param props what to call, and what its outcomes are
   */
  constructor(private readonly props: InvokeFunctionProps) {
    this.stepName = props.stepName ?? 'InvokeFunction';
  }

  public bind(scope: Construct, _options: OrderStepBindOptions): OrderStepConfig {
    const { props } = this;
    return {
      action: functionTask(scope, 'Task', {
        stateName: this.stepName,
        function: props.handler,
        payload: sfn.TaskInput.fromText(jsonata(
          `$merge([$states.input, {'idempotencyKey': ${idempotencyKey('$states.input', this.stepName)}}])`,
        )),
        outputs: jsonata(props.closing ? '$states.input' : '$states.result.Payload'),
        timeout: props.timeout,
        retriers: [functionRetrier(props.retry)],
      }),
      acceptedStatus: props.acceptedStatus,
      rejectedStatuses: props.rejectedStatuses,
      compensation: props.compensation ?? (props.undoHandler && new FunctionCompensation(props.undoHandler)),
      closing: props.closing,
    };
  }
}
