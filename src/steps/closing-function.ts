import { aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ClosingStepConfig, IClosingStep } from './closing-step';
import { StepSettings } from './step-settings';
import { jsonata, orderWithKey } from '../jsonata/expressions';
import { functionTask } from '../private/function-task';
import { functionRetrier } from '../private/retries';
import { IStepHost } from '../step-host';

/**
 * Properties for ClosingFunction.
 */
export interface ClosingFunctionProps extends StepSettings {
  /**
   * The function to invoke.
   *
   * It is invoked with the completed order and an `idempotencyKey` that is the same for each retry; what it returns is ignored.
   */
  readonly handler: lambda.IFunction;
}

/**
 * Invokes a Lambda function, of any language, after the order was completed.
 */
export class ClosingFunction implements IClosingStep {
  public readonly stepName: string;

  /**
   * @param props properties of the step
   */
  constructor(private readonly props: ClosingFunctionProps) {
    this.stepName = props.stepName ?? 'ClosingFunction';
  }

  public bind(scope: Construct, host: IStepHost): ClosingStepConfig {
    const { handler, timeout, retry } = this.props;
    return ClosingStepConfig.task({
      states: functionTask(scope, 'Task', {
        stateName: this.stepName,
        function: handler,
        payload: sfn.TaskInput.fromText(jsonata(
          orderWithKey(host.idempotencyPrefix, this.stepName),
        )),
        outputs: jsonata('$states.input'),
        timeout,
        retriers: [functionRetrier(retry)],
      }),
    });
  }
}
