import { Budget } from './budget';
import type { ClockTiming } from '../timing';
import { Feed, tell } from './feed';
import { statusMessage } from './status-message';
import { mayWatch } from './subscriptions';
import type { Parked, Undelivered } from './undelivered';
import { Failure } from '../failure';
import { logDone, logFailure } from '../log';
import type { Orders } from '../order/orders';

export interface Redrive {
  readonly feed: Feed;
  readonly orders: Orders;
  readonly timing: ClockTiming;
}

/** What became of the parked messages. What failed is on the queue still. */
export interface Redriven {
  readonly delivered: number;
  /** Nobody waits for these any more. */
  readonly gone: number;
  readonly failed: number;
}

type Outcome = keyof Redriven;

const USUALLY = 100;
const AT_MOST = 10_000;
/** What a last round of ten may take. */
const TIME_FOR_A_ROUND = 15_000;

/** How many an operator asks for: `{ "max": 100 }`. */
export function parseRedriveRequest(event: unknown): number {
  const { max = USUALLY } = (event ?? {}) as { max?: unknown };
  if (Number.isInteger(max) && (max as number) >= 1 && (max as number) <= AT_MOST) return max as number;
  throw new Failure('InvalidEvent', `max is not a whole number from 1 to ${AT_MOST}`);
}

/**
 * Sends what is parked again, ten at a time, with the status that the order has now.
 *
 * @param end when the function is stopped
 */
export async function redriveUndelivered(redrive: Redrive, max: number, end: number): Promise<Redriven> {
  const { feed, timing } = redrive;
  const budget = new Budget(timing, end);
  const outcomes: Outcome[] = [];
  while (outcomes.length < max && timing.now() < end - TIME_FOR_A_ROUND) {
    const parked = await feed.undelivered.receive(budget, max - outcomes.length);
    if (parked.length === 0) break;
    outcomes.push(...await Promise.all(parked.map(async message => settle(redrive, budget, message))));
  }
  const count = (wanted: Outcome) => outcomes.filter(outcome => outcome === wanted).length;
  return { delivered: count('delivered'), gone: count('gone'), failed: count('failed') };
}

async function settle(redrive: Redrive, budget: Budget, parked: Parked): Promise<Outcome> {
  try {
    if (!parked.undelivered) throw new Failure('InvalidEvent', 'a message on the queue is none that the publisher parked: look at it there');
    const delivered = await deliver(redrive, budget, parked.undelivered);
    await redrive.feed.undelivered.drop(budget, parked);
    const outcome = delivered ? 'delivered' : 'gone';
    logDone('a parked message was settled', { ...parked.undelivered, outcome });
    return outcome;
  } catch (error) {
    logFailure('a parked message was not delivered', error, { ...parked.undelivered });
    return 'failed';
  }
}

/** False if the order is no longer watched by this connection. */
async function deliver({ feed, orders, timing }: Redrive, budget: Budget, { orderId, connectionId }: Undelivered): Promise<boolean> {
  const [subscription, row] = await Promise.all([feed.subscriptions.find(orderId, connectionId), orders.find(orderId)]);
  if (!subscription || !row || !mayWatch(subscription, row, timing.now())) return false;
  return tell(feed, budget, connectionId, statusMessage(row));
}
