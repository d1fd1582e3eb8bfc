import { causeText } from './cause-text';
import { HistoryEvent } from '../asl';
import { stateOf } from '../testkit/state-of-event';

/** A failed attempt of a state; it may be retried. */
export interface StepFailure {
  readonly state: string;
  readonly error: string;
  readonly cause: string;
}

const FAILURE = /^(?!Execution)\w+(Failed|TimedOut)$/;

/** The failure that an event of an execution records. */
export function stepFailureOf(history: readonly HistoryEvent[], event: HistoryEvent): StepFailure | undefined {
  if (!FAILURE.test(event.type)) {
    return undefined;
  }
  const { error = '', cause = '' } = detailsOf(event);
  return { state: stateOf(history, event) ?? '?', error: error || event.type, cause: causeText(cause) };
}

function detailsOf(event: HistoryEvent): Record<string, string | undefined> {
  const details = Object.entries(event).find(([name]) => name.endsWith('EventDetails'));
  return (details?.[1] ?? {}) as Record<string, string | undefined>;
}
