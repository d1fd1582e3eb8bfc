import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { Budget } from './budget';
import type { ClockTiming } from '../timing';
import type { EventBus } from './event-bus';
import type { Feed } from './feed';
import { notifyWatchers } from './notify-watchers';
import { OrderChange, changeOf } from './order-change';
import { logDone } from '../log';

export interface Publisher {
  readonly bus: EventBus;
  /** Undefined if the workflow has no feed. */
  readonly feed?: Feed;
  readonly timing: ClockTiming;
}

/** The time that is reserved after sending: for the dead-letter queue, and then for the response. */
const DEAD_LETTER_TIME = 8_000;
const RESPONSE_TIME = 3_000;

/**
 * Publishes each change of status on the bus and to the watchers, and returns the first that neither they nor the
 * dead-letter queue accepted. Lambda delivers that record again with all that follow it, so one is enough.
 *
 * @param end when the function times out
 */
export async function publish({ bus, feed, timing }: Publisher, records: readonly DynamoDBRecord[], end: number): Promise<DynamoDBBatchResponse> {
  const changes = records.flatMap(record => changeOf(record) ?? []);
  const sending = new Budget(timing, end - DEAD_LETTER_TIME);
  const deadLettering = new Budget(timing, end - RESPONSE_TIME);
  const failed = new Set((await Promise.all([
    bus.publish(sending, changes),
    ...feed ? byOrder(changes).map(async order => notifyWatchers({ feed, sending, deadLettering, now: timing.now() }, order)) : [],
  ])).flat());
  for (const { row: { orderId, status, version }, previousStatus } of changes.filter(change => !failed.has(change))) {
    logDone('a change was published', { orderId, status, previousStatus, version });
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
