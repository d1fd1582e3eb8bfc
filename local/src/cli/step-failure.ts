import { causeText } from './cause-text';
import { HistoryEvent } from '../asl';

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
  return { state: stateOf(history, event), error: error || event.type, cause: causeText(cause) };
}

function detailsOf(event: HistoryEvent): Record<string, string | undefined> {
  const details = Object.entries(event).find(([name]) => name.endsWith('EventDetails'));
  return (details?.[1] ?? {}) as Record<string, string | undefined>;
}

/** Follows the trail of events back to where the state was entered. */
function stateOf(history: readonly HistoryEvent[], event: HistoryEvent): string {
  for (let at: HistoryEvent | undefined = event; at; at = history[at.previousEventId - 1]) {
    if (at.type.endsWith('StateEntered')) {
      return (at.stateEnteredEventDetails as { name: string }).name;
    }
  }
  return '?';
}
