import { Token, aws_stepfunctions as sfn } from 'aws-cdk-lib';

/** What of a state takes time. @internal */
export interface StateJson {
  readonly Type?: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: { readonly Next: string }[];
  /** Of a Task; the others take no time, or have it as `Seconds`. */
  readonly TimeoutSeconds?: unknown;
  readonly Seconds?: unknown;
  readonly Retry?: RetryJson[];
  readonly Branches?: GraphJson[];
  readonly Iterator?: GraphJson;
  readonly ItemProcessor?: GraphJson;
}

/** @internal */
export interface RetryJson {
  readonly ErrorEquals: string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
}

interface GraphJson {
  readonly StartAt: string;
  readonly States: { readonly [name: string]: StateJson };
}

/** How long a state takes, with the longest way through the states inside of it. @internal */
export type TimeOf = (state: StateJson, inside: number) => number;

/**
 * The seconds that a state can take.
 *
 * It must be part of a state machine already: before, the JSON of a Parallel is without its branches.
 *
 * @internal
 */
export function longestTime(state: sfn.State, timeOf: TimeOf): number {
  // Only its own time counts, not that of the states behind it.
  return longestWay({ StartAt: state.stateId, States: { [state.stateId]: state.toStateJson() } }, timeOf);
}

/** @internal */
export function knownSeconds(seconds: unknown): number | undefined {
  return typeof seconds === 'number' && !Token.isUnresolved(seconds) ? seconds : undefined;
}

/** The longest way through the states; a state that is entered again counts once. */
function longestWay({ StartAt, States }: GraphJson, timeOf: TimeOf, passed: string[] = []): number {
  const state = States[StartAt];
  if (!state || passed.includes(StartAt)) {
    return 0;
  }
  const { Next, Default, Choices = [], Branches = [], Iterator, ItemProcessor } = state;
  const inside = [...Branches, Iterator, ItemProcessor].map((graph) => (graph ? longestWay(graph, timeOf) : 0));
  const behind = [Next, Default, ...Choices.map((choice) => choice.Next)]
    .map((next) => (next ? longestWay({ StartAt: next, States }, timeOf, [...passed, StartAt]) : 0));
  return timeOf(state, Math.max(...inside)) + Math.max(...behind);
}
