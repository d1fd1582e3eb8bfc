import { Token, aws_stepfunctions as sfn } from 'aws-cdk-lib';

/** No function works longer. */
const LAMBDA_MAXIMUM = 15 * 60;

interface StateJson {
  readonly Type?: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: unknown;
}

/**
 * For how many seconds something that a dead execution began can still take effect.
 *
 * An order that waits for people does so only as long as its execution lives; a function works on until its own end.
 *
 * @internal
 */
export function lateEffectSeconds(start: sfn.State): number {
  const tasks = sfn.State.findReachableStates(start).flatMap((state) => tasksIn(state.toStateJson()));
  return Math.max(1, ...tasks.filter(({ Resource }) => !Resource?.endsWith(':dynamodb:updateItem.waitForTaskToken')).map(longest));
}

function longest({ TimeoutSeconds }: StateJson): number {
  return typeof TimeoutSeconds === 'number' && !Token.isUnresolved(TimeoutSeconds) ? Math.min(TimeoutSeconds, LAMBDA_MAXIMUM) : LAMBDA_MAXIMUM;
}

/** A state's tasks: itself, and those in its branches. */
function tasksIn(json: unknown): StateJson[] {
  if (typeof json !== 'object' || json === null) {
    return [];
  }
  const state = json as StateJson;
  return [...(state.Type === 'Task' ? [state] : []), ...Object.values(json).flatMap(tasksIn)];
}
