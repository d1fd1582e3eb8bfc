import {
  Duration, aws_lambda as lambda, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Retrier } from './retries';
import { ValidationError } from './validation-error';
import { WatchList } from '../watch-list';

/** @internal */
export interface FunctionTaskProps {
  readonly stateName: string;
  readonly function: lambda.IFunction;
  readonly payload: sfn.TaskInput;
  readonly outputs: unknown;
  readonly timeout?: Duration;
  readonly retriers: Retrier[];
}

const LAMBDA_DEFAULT_TIMEOUT = Duration.seconds(3);
const MARGIN = Duration.seconds(5);

/**
 * A task that calls a function, with the retriers it is given and no other.
 *
 * @internal
 */
export function functionTask(scope: Construct, id: string, props: FunctionTaskProps): tasks.LambdaInvoke {
  const task = tasks.LambdaInvoke.jsonata(scope, id, {
    stateName: props.stateName,
    lambdaFunction: props.function,
    payload: props.payload,
    outputs: props.outputs,
    taskTimeout: sfn.Timeout.duration(taskTimeout(scope, props.stateName, props.function, props.timeout)),
    retryOnServiceExceptions: false,
  });
  props.retriers.forEach((retrier) => task.addRetry(retrier));
  WatchList.of(scope)._stepFunction(props.stateName, props.function);
  return task;
}

/** How long a task may take: longer than its function, so that the function's own end is the one that is seen. @internal */
export function taskTimeout(scope: Construct, stateName: string, fn: lambda.IFunction, timeout?: Duration): Duration {
  const functionTimeout = knownTimeout(fn);
  if (!timeout) {
    return functionTimeout?.plus(MARGIN) ?? Duration.minutes(1);
  }
  if (functionTimeout && timeout.toSeconds() < functionTimeout.toSeconds()) {
    throw new ValidationError(
      `timeout of ${stateName} is ${timeout.toSeconds()} s, shorter than the ${functionTimeout.toSeconds()} s of its function: `
      + 'the order would be undone while the function still works; raise the timeout of the step or lower that of the function',
      scope,
    );
  }
  return timeout;
}

/** A version or an alias runs as long as its function; the timeout of an imported function is not known. */
function knownTimeout(fn: lambda.IFunction): Duration | undefined {
  const { lambda: behind } = fn as { lambda?: lambda.IFunction };
  if (behind) {
    return knownTimeout(behind);
  }
  const timeout = 'timeout' in fn ? (fn as lambda.Function).timeout ?? LAMBDA_DEFAULT_TIMEOUT : undefined;
  return timeout?.isUnresolved() ? undefined : timeout;
}
