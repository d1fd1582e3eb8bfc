import type { Budget } from './budget';
import { Feed, deliver } from './feed';
import type { OrderChange } from './order-change';
import { statusMessage } from './status-message';
import { Subscription, mayWatch } from './subscriptions';
import { tidy } from './tidy';
import { logFailure } from '../log';

/** The feed, the time to send in, and the time to put undelivered messages on the dead-letter queue. */
export interface Delivery {
  readonly feed: Feed;
  readonly sending: Budget;
  readonly deadLettering: Budget;
  readonly now: number;
}

/**
 * Sends the changes of one order to its watchers, to all at once, and to each in their order. Returns the changes that
 * neither a watcher nor the dead-letter queue accepted.
 *
 * The watchers are read once, after the last of the changes was written. A later subscription reads a row that holds it.
 */
export async function notifyWatchers(delivery: Delivery, changes: readonly OrderChange[]): Promise<readonly OrderChange[]> {
  const [first] = changes;
  const failed = new Set<OrderChange>();
  try {
    for await (const watchers of delivery.feed.subscriptions.watching(first.row.orderId)) {
      await Promise.all(watchers.map(async watcher => notifyWatcher(delivery, watcher, changes, failed)));
    }
  } catch (error) {
    logFailure('the watchers of an order were not read', error, { orderId: first.row.orderId });
    failed.add(first);
  }
  return [...failed];
}

async function notifyWatcher(
  delivery: Delivery, watcher: Subscription, changes: readonly OrderChange[], failed: Set<OrderChange>,
): Promise<void> {
  const { feed, sending, now } = delivery;
  const { orderId, connectionId } = watcher;
  if (!mayWatch(watcher, changes[0].row, now)) {
    return tidy('an expired subscription was not deleted', connectionId, () => feed.subscriptions.remove(orderId, connectionId));
  }
  for (const change of changes) {
    try {
      if (!await deliver(feed, sending, connectionId, statusMessage(change.row))) return;
    } catch (error) {
      if (!await keepUndelivered(delivery, connectionId, change, error)) failed.add(change);
    }
  }
}

async function keepUndelivered({ feed, deadLettering }: Delivery, connectionId: string, { row }: OrderChange, cause: unknown): Promise<boolean> {
  const undelivered = { orderId: row.orderId, version: row.version, connectionId };
  logFailure('a message was not delivered', cause, undelivered);
  try {
    await feed.undelivered.send(deadLettering, undelivered);
    return true;
  } catch (error) {
    logFailure('an undelivered message was not put on the dead-letter queue', error, undelivered);
    return false;
  }
}
