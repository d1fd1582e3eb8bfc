import type { Budget } from './budget';
import { Feed, tell } from './feed';
import type { OrderChange } from './order-change';
import { statusMessage } from './status-message';
import { Subscription, mayWatch } from './subscriptions';
import { tidy } from './tidy';
import { logFailure } from '../log';

/** What telling may take, when it is, and what is left to park the messages that were not taken. */
export interface Telling {
  readonly feed: Feed;
  readonly sending: Budget;
  readonly parking: Budget;
  readonly now: number;
}

/**
 * Tells the watchers of one order what happened to it, each at its own speed, and each in the order in which it happened.
 * Answers the changes that somebody was not told of and that could not be parked either.
 *
 * The watchers are read once, after the last of the changes was written. Who subscribes later reads a row that holds it.
 */
export async function tellWatchers(telling: Telling, changes: readonly OrderChange[]): Promise<readonly OrderChange[]> {
  const [first] = changes;
  const untold = new Set<OrderChange>();
  try {
    for await (const watchers of telling.feed.subscriptions.watching(first.row.orderId)) {
      await Promise.all(watchers.map(async watcher => tellWatcher(telling, watcher, changes, untold)));
    }
  } catch (error) {
    logFailure('the watchers of an order were not read', error, { orderId: first.row.orderId });
    untold.add(first);
  }
  return [...untold];
}

async function tellWatcher(
  telling: Telling, watcher: Subscription, changes: readonly OrderChange[], untold: Set<OrderChange>,
): Promise<void> {
  const { feed, sending, now } = telling;
  const { orderId, connectionId } = watcher;
  if (!mayWatch(watcher, changes[0].row, now)) {
    return tidy('an expired subscription was not deleted', connectionId, () => feed.subscriptions.remove(orderId, connectionId));
  }
  for (const change of changes) {
    try {
      if (!await tell(feed, sending, connectionId, statusMessage(change.row))) return;
    } catch (error) {
      if (!await park(telling, connectionId, change, error)) untold.add(change);
    }
  }
}

async function park({ feed, parking }: Telling, connectionId: string, { row }: OrderChange, cause: unknown): Promise<boolean> {
  const undelivered = { orderId: row.orderId, version: row.version, connectionId };
  logFailure('a connection did not take a message', cause, undelivered);
  try {
    await feed.undelivered.park(parking, undelivered);
    return true;
  } catch (error) {
    logFailure('an undelivered message was not parked', error, undelivered);
    return false;
  }
}
