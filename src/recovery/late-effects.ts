import { Token, aws_stepfunctions as sfn } from 'aws-cdk-lib';

/** The longest timeout of a function. */
const LAMBDA_MAXIMUM = 15 * 60;

interface StateJson {
  readonly Type?: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: unknown;
}

/**
 * For how many seconds something that an interrupted execution began can still take effect.
 *
 * A wait for a decision ends with its execution; a function runs on until its own end.
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
