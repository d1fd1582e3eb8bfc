import { aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CompensationOptions, IStepCompensation } from './step-compensation';
import { ENTERED_AT, OWNER, jsonata, literal } from '../jsonata/expressions';
import { functionTask } from '../private/function-task';
import { compensationRetrier, contendedReleaseRetrier } from '../private/retries';

/**
 * Releases the stock that ReserveInventory has reserved.
 *
 * @internal
 */
export class ReleaseInventory implements IStepCompensation {
  constructor(private readonly release: lambda.IFunction) {}

  public bind(scope: Construct, { stepName, stateName }: CompensationOptions): sfn.IChainable {
    return functionTask(scope, 'Task', {
      stateName,
      function: this.release,
      payload: sfn.TaskInput.fromText(jsonata(
        `{'order': $states.input, 'write': {'owner': ${OWNER}, 'at': ${ENTERED_AT}, 'step': ${literal(stepName)}}}`,
      )),
      outputs: jsonata('{}'),
      retriers: [contendedReleaseRetrier(), compensationRetrier()],
    });
  }
}
