import { HistoryEvent } from '../asl';

/** The name of the state that an event belongs to: back along the trail of events to where it was entered. */
export function stateOf(history: readonly HistoryEvent[], event: HistoryEvent): string | undefined {
  for (let at: HistoryEvent | undefined = event; at; at = history[at.previousEventId - 1]) {
    if (at.type.endsWith('StateEntered')) {
      return (at.stateEnteredEventDetails as { name: string }).name;
    }
  }
  return undefined;
}
