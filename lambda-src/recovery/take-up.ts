import { deathNotice } from './death-notice';
import type { End, Executions } from './executions';
import type { FailureTopic, Notice } from './failure-topic';
import type { RecoveryMachine } from './recovery-machine';
import { closed, toldOfParking } from './recovery-writes';
import { startAgain } from './start-again';
import { COMPLETED, NEEDS_ATTENTION, OrderRow } from '../order/order';
import type { Orders } from '../order/orders';
import type { StateMachine } from '../step-functions/state-machine';

/** All that it takes to take up an order. */
export interface Recovery {
  readonly orders: Orders;
  readonly executions: Executions;
  readonly workflow: StateMachine;
  readonly recoveries: RecoveryMachine;
  readonly topic: FailureTopic;
  now(): number;
  random(): number;
}

/** How many of the orders that wait are looked at all the same: with a sweep each five minutes, each about once an hour. */
const LOOK_AT_WAITING = 1 / 12;

/** What was found, or done, about an order that is open for long. */
export type Outcome = 'ended' | 'waiting' | 'needs attention' | 'at work' | 'started' | 'given up' | 'recovered';

/**
 * Sees to an order that may have been left behind. Each write and each claim of a recovery has its own condition, so it does
 * no harm to take up an order twice, or one that moves on meanwhile.
 *
 * @param dead the execution that is known to have ended; without one, the owner of the order is asked for
 */
export async function takeUp(recovery: Recovery, orderId: string, dead?: End): Promise<Outcome> {
  const row = await recovery.orders.find(orderId);
  if (!row) return dead ? tellOfDeath(recovery, orderId, dead) : 'ended';
  if (row.openSince === undefined) return 'ended';
  // Whatever keeps an execution from its first write is not gone at once: the next sweep starts the order again.
  if (row.owner === undefined) return dead ? 'at work' : startAgain(recovery, row);
  if (dead && row.owner !== dead.execution) return 'at work';
  if (row.status === NEEDS_ATTENTION) return callForAttention(recovery, row, dead);
  if (!dead && isWaiting(recovery, row)) return 'waiting';
  const end = dead ?? await recovery.executions.endOfOwner(row);
  return end ? recover(recovery, row, end) : 'at work';
}

/**
 * Whether an order waits for a decision, of which most do for long: their executions are asked about now and then, but always
 * when a customer cancels, which would have ended the wait.
 */
function isWaiting({ now, random }: Recovery, { waiting, cancelRequestedAt }: OrderRow): boolean {
  return waiting !== undefined && cancelRequestedAt === undefined && Date.parse(waiting.until) > now() && random() > LOOK_AT_WAITING;
}

async function recover({ orders, executions, recoveries }: Recovery, row: OrderRow, end: End): Promise<Outcome> {
  if (row.untold) {
    const untold = row.untold.map(failure => ({ kind: 'closing-step-failed' as const, ...failure }));
    await recoveries.start({ orderId: row.orderId, owner: end.execution, untold });
    return 'recovered';
  }
  if (row.status === COMPLETED && end.status === 'SUCCEEDED') {
    await orders.change(row.orderId, closed(row));
    return 'ended';
  }
  const told = row.alertedAt !== undefined || await executions.toldOfFailure(end);
  await recoveries.start({ orderId: row.orderId, owner: end.execution, told, failure: deathNotice(end) });
  return 'recovered';
}

/** People are called by whoever parks the order. If that could not, or died over it, they are called here. */
async function callForAttention({ orders, executions, topic, now }: Recovery, row: OrderRow, dead?: End): Promise<Outcome> {
  if (row.parked?.toldAt !== undefined) return 'needs attention';
  const end = row.parked ? undefined : dead ?? await executions.endOfOwner(row);
  if (!row.parked && !end) return 'needs attention';
  if (!end || !await executions.calledForAttention(end)) await topic.tell(noticeOfParking(row));
  await orders.change(row.orderId, toldOfParking(row, new Date(now()).toISOString()));
  return 'needs attention';
}

function noticeOfParking({ orderId, status, version, reason, undo, owner }: OrderRow): Notice {
  const steps = undo?.outcome?.steps ?? [undo?.from ?? 'Order'];
  return {
    kind: 'compensation-failed',
    orderId,
    status,
    version,
    step: steps[0],
    steps,
    error: 'NeedsAttention',
    cause: reason ?? 'something of the order could not be undone',
    execution: owner,
  };
}

/** There is nothing to undo of an order that was never written, but somebody has sent it. */
async function tellOfDeath({ executions, topic }: Recovery, orderId: string, dead: End): Promise<Outcome> {
  if (!await executions.toldOfFailure(dead)) {
    await topic.tell({ ...deathNotice(dead), orderId, step: 'Order', execution: dead.execution });
  }
  return 'ended';
}
