import { HistoryEvent } from '../../asl';
import { JsonObject } from '../../json';

/** A page of an execution's history, in the form of GetExecutionHistory. */
export function historyPage(history: readonly HistoryEvent[], { maxResults, nextToken, reverseOrder }: JsonObject): JsonObject {
  const start = Number(nextToken ?? 0);
  const size = Number(maxResults ?? 0) || 1000;
  const ordered = reverseOrder === true ? history.toReversed() : history;
  const events = ordered.slice(start, start + size).map((event) => ({ ...event, timestamp: event.timestamp.getTime() / 1000 }));
  return {
    events: events as unknown as JsonObject[],
    ...(start + size < history.length && { nextToken: String(start + size) }),
  };
}
