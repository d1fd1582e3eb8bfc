import { Budget } from './budget';
import type { ClockTiming } from '../timing';
import { Feed, deliver } from './feed';
import { statusMessage } from './status-message';
import { mayWatch } from './subscriptions';
import type { QueuedMessage, Undelivered } from './undelivered';
import { Failure } from '../failure';
import { logDone, logFailure } from '../log';
import type { Orders } from '../order/orders';

export interface Redrive {
  readonly feed: Feed;
  readonly orders: Orders;
  readonly timing: ClockTiming;
}

/** The outcome of a redrive. Failed messages are still in the queue. */
export interface Redriven {
  readonly delivered: number;
  /** No connection waits for these any more. */
  readonly gone: number;
  readonly failed: number;
}

type Outcome = keyof Redriven;

const DEFAULT_MAX = 100;
const LARGEST_MAX = 10_000;
/** The time that a last round of ten may take. */
const TIME_FOR_A_ROUND = 15_000;

/** The number of messages in a request of an operator: `{ "max": 100 }`. */
export function parseRedriveRequest(event: unknown): number {
  const { max = DEFAULT_MAX } = (event ?? {}) as { max?: unknown };
  if (Number.isInteger(max) && (max as number) >= 1 && (max as number) <= LARGEST_MAX) return max as number;
  throw new Failure('InvalidEvent', `max is not a whole number from 1 to ${LARGEST_MAX}`);
}

/**
 * Sends undelivered messages again, ten at a time, with the current status of the order.
 *
 * @param end when the function times out
 */
export async function redriveUndelivered(redrive: Redrive, max: number, end: number): Promise<Redriven> {
  const { feed, timing } = redrive;
  const budget = new Budget(timing, end);
  const outcomes: Outcome[] = [];
  while (outcomes.length < max && timing.now() < end - TIME_FOR_A_ROUND) {
    const messages = await feed.undelivered.receive(budget, max - outcomes.length);
    if (messages.length === 0) break;
    outcomes.push(...await Promise.all(messages.map(async message => settle(redrive, budget, message))));
  }
  const count = (wanted: Outcome) => outcomes.filter(outcome => outcome === wanted).length;
  return { delivered: count('delivered'), gone: count('gone'), failed: count('failed') };
}

async function settle(redrive: Redrive, budget: Budget, message: QueuedMessage): Promise<Outcome> {
  try {
    if (!message.undelivered) throw new Failure('InvalidEvent', 'a message in the queue was not sent by the publisher: inspect it there');
    const delivered = await deliverAgain(redrive, budget, message.undelivered);
    await redrive.feed.undelivered.delete(budget, message);
    const outcome = delivered ? 'delivered' : 'gone';
    logDone('an undelivered message was redriven', { ...message.undelivered, outcome });
    return outcome;
  } catch (error) {
    logFailure('an undelivered message was not redriven', error, { ...message.undelivered });
    return 'failed';
  }
}

/** False if the order is no longer watched by this connection. */
async function deliverAgain({ feed, orders, timing }: Redrive, budget: Budget, { orderId, connectionId }: Undelivered): Promise<boolean> {
  const [subscription, row] = await Promise.all([feed.subscriptions.find(orderId, connectionId), orders.find(orderId)]);
  if (!subscription || !row || !mayWatch(subscription, row, timing.now())) return false;
  return deliver(feed, budget, connectionId, statusMessage(row));
}
