import { causeText } from './cause-text';
import { HistoryEvent } from '../asl';
import { stateOf } from '../testkit/state-of-event';

/** An attempt of a state that went wrong; it may be tried again. */
export interface StepFailure {
  readonly state: string;
  readonly error: string;
  readonly cause: string;
}

const FAILURE = /^(?!Execution)\w+(Failed|TimedOut)$/;

/** The failure that an event of an execution tells of. */
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
