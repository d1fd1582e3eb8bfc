import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { functionTask } from './function-task';
import { orderFunctionRetriers } from './retries';
import { ENTERED_AT, OWNER, jsonata, literal } from '../saga/expressions';

/** @internal */
export interface OrderFunctionTaskProps {
  readonly stepName: string;
  readonly function: lambda.IFunction;
  readonly acceptedStatus: string;
  readonly rejectedStatus?: string;
  readonly undoFrom?: string;
  readonly timeout?: Duration;
  readonly retry?: sfn.RetryProps;
}

/**
 * A task whose function makes its effect and writes the order's next status in one transaction.
 *
 * @internal
 */
export function orderFunctionTask(scope: Construct, id: string, props: OrderFunctionTaskProps): tasks.LambdaInvoke {
  const write = [
    `'owner': ${OWNER}`, `'at': ${ENTERED_AT}`, `'step': ${literal(props.stepName)}`, `'accepted': ${literal(props.acceptedStatus)}`,
    ...(props.rejectedStatus ? [`'rejected': ${literal(props.rejectedStatus)}`] : []),
    ...(props.undoFrom ? [`'undoFrom': ${literal(props.undoFrom)}`] : []),
  ];
  return functionTask(scope, id, {
    stateName: props.stepName,
    function: props.function,
    payload: sfn.TaskInput.fromText(jsonata(`{'order': $states.input, 'write': {${write.join(', ')}}}`)),
    outputs: jsonata('$states.result.Payload'),
    timeout: props.timeout,
    retriers: orderFunctionRetriers(props.retry),
  });
}
