import { aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { RetryJson, StateJson, knownSeconds, longestTime } from './longest-way';
import { SagaStep, forwardSteps } from './saga-step';
import { STATUSES } from '../contract/statuses';
import { OrderStatus } from '../order-status';
import { ORDER_FUNCTION_CONFLICT } from '../private/retries';

/** For how many seconds an execution may work without a write to the row of its order: see the recovery. @internal */
export interface LongestTimes {
  readonly order: number;
  readonly undo: number;
  readonly statuses: { readonly [status: string]: number };
}

/** The states that take the time of an order. @internal */
export interface TimedStates {
  readonly steps: SagaStep[];
  /** The state of each step and closing step that does its work, by the name of the step. */
  readonly tasks: Map<string, sfn.State>;
  readonly closingSteps: string[];
  readonly compensations: sfn.State[];
}

/** What has no timeout, or one that only the order knows, counts as a day. */
const UNKNOWN_SECONDS = 24 * 60 * 60;
/** The write of the outcome, with its retries. */
const RECORD_SECONDS = 60;
/** More are not added up one by one. */
const COUNTED_ATTEMPTS = 1_000;

/**
 * The longest times of an order, from the timeouts and retry policies of its steps.
 *
 * A wait for a decision is left out: the row states until when it lasts. A loop counts once, and so does a Map.
 *
 * @internal
 */
export function longestTimesOf({ steps, tasks, closingSteps, compensations }: TimedStates): LongestTimes {
  const forward = forwardSteps(steps);
  const seconds = (stepName: string) => RECORD_SECONDS + longestTime(tasks.get(stepName)!, withRetries);
  const times = forward.map(({ stepName, config }) => (config.kind === 'waiting' ? RECORD_SECONDS : seconds(stepName)));
  /** What comes next may be any step up to the first that is not skipped. */
  const after = (next: number) => {
    const last = forward.findIndex(({ config }, index) => index >= next && config.onlyIf === undefined);
    return Math.max(RECORD_SECONDS, ...times.slice(next, last < 0 ? undefined : last + 1));
  };
  const closing = sum(closingSteps.map(seconds));
  const undos = compensations.map((undo) => RECORD_SECONDS + longestTime(undo, withRetries));
  return {
    order: sum(times) + closing + sum(undos),
    undo: Math.max(RECORD_SECONDS, ...undos),
    statuses: {
      [OrderStatus.RECEIVED]: after(0),
      ...Object.fromEntries(forward.map(({ config }, index) => [config.acceptedStatus, after(index + 1)])),
      ...(closingSteps.length > 0 ? { [STATUSES.COMPLETED]: closing } : {}),
    },
  };
}

function withRetries({ Type, TimeoutSeconds, Seconds, Retry = [] }: StateJson, inside: number): number {
  const known = knownSeconds(Type === 'Task' ? TimeoutSeconds : Seconds);
  const once = inside + (known ?? (['Task', 'Wait'].includes(Type ?? '') ? UNKNOWN_SECONDS : 0));
  return once + sum(Retry.map((retry) => retrySeconds(retry, once)));
}

/** A conflict comes at once, so only the intervals count of its retries. */
function retrySeconds(retry: RetryJson, once: number): number {
  const { ErrorEquals, IntervalSeconds = 1, MaxAttempts = 3, BackoffRate = 2, MaxDelaySeconds = Infinity } = retry;
  const isConflict = ErrorEquals.length === 1 && ErrorEquals[0] === ORDER_FUNCTION_CONFLICT;
  const delays = Array.from({ length: Math.min(MaxAttempts, COUNTED_ATTEMPTS) }, (_, attempt) =>
    Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds, UNKNOWN_SECONDS));
  return sum(delays) + (isConflict ? 0 : once * delays.length);
}

function sum(seconds: number[]): number {
  return seconds.reduce((total, each) => total + each, 0);
}
