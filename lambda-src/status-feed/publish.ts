import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { Budget } from './budget';
import type { ClockTiming } from '../timing';
import type { EventBus } from './event-bus';
import type { Feed } from './feed';
import { OrderChange, changeOf } from './order-change';
import { tellWatchers } from './tell-watchers';
import { logDone } from '../log';

export interface Publisher {
  readonly bus: EventBus;
  /** Missing if nobody can watch. */
  readonly feed?: Feed;
  readonly timing: ClockTiming;
}

/** What is kept of the function's time for what follows the sending: parking, and then answering. */
const TIME_TO_PARK = 8_000;
const TIME_TO_ANSWER = 3_000;

/**
 * Tells the bus and the watchers of each change of status, and answers the first that could not be told or parked.
 * Lambda delivers that one again with all that stand behind it, so naming any of those would change nothing.
 *
 * @param end when the function is stopped
 */
export async function publish({ bus, feed, timing }: Publisher, records: readonly DynamoDBRecord[], end: number): Promise<DynamoDBBatchResponse> {
  const changes = records.flatMap(record => changeOf(record) ?? []);
  const sending = new Budget(timing, end - TIME_TO_PARK);
  const parking = new Budget(timing, end - TIME_TO_ANSWER);
  const failed = new Set((await Promise.all([
    bus.publish(sending, changes),
    ...feed ? byOrder(changes).map(async order => tellWatchers({ feed, sending, parking, now: timing.now() }, order)) : [],
  ])).flat());
  for (const { row: { orderId, status, version }, previousStatus } of changes.filter(change => !failed.has(change))) {
    logDone('a change was told', { orderId, status, previousStatus, version });
  }
  const first = changes.find(change => failed.has(change));
  return { batchItemFailures: first ? [{ itemIdentifier: first.sequenceNumber }] : [] };
}

/** The changes of each order, in the order in which they happened. */
function byOrder(changes: readonly OrderChange[]): OrderChange[][] {
  const orders = new Map<string, OrderChange[]>();
  for (const change of changes) orders.set(change.row.orderId, [...orders.get(change.row.orderId) ?? [], change]);
  return [...orders.values()];
}
