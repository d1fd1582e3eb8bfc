import { deathNotice } from './death-notice';
import type { End, Executions } from './executions';
import type { FailureTopic } from './failure-topic';
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
}

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
  if (row.owner === undefined) return startAgain(recovery, row, dead);
  if (dead && row.owner !== dead.execution) return 'at work';
  if (row.status === NEEDS_ATTENTION) return callForAttention(recovery, row);
  // Whoever died waits for nobody: that is known only of the execution that is named.
  if (!dead && row.waiting && Date.parse(row.waiting.until) > recovery.now()) return 'waiting';
  const end = dead ?? await recovery.executions.endOfOwner(row);
  return end ? recover(recovery, row, end) : 'at work';
}

async function recover({ orders, executions, recoveries }: Recovery, row: OrderRow, end: End): Promise<Outcome> {
  if (row.status === COMPLETED && end.status === 'SUCCEEDED') {
    await orders.change(row.orderId, closed(row));
    return 'ended';
  }
  const told = row.alertedAt !== undefined || await executions.toldOfFailure(end);
  await recoveries.start({ orderId: row.orderId, owner: end.execution, told, failure: deathNotice(end) });
  return 'recovered';
}

async function callForAttention({ orders, topic, now }: Recovery, row: OrderRow): Promise<Outcome> {
  if (row.parked?.toldAt === undefined) {
    const { orderId, status, version, reason, undo, owner } = row;
    await topic.tell({
      kind: 'compensation-failed',
      orderId,
      status,
      version,
      step: undo?.from ?? 'Order',
      error: 'NeedsAttention',
      cause: reason ?? 'something of the order could not be undone',
      execution: owner,
    });
    await orders.change(orderId, toldOfParking(row, new Date(now()).toISOString()));
  }
  return 'needs attention';
}

/** There is nothing to undo of an order that was never written, but somebody has sent it. */
async function tellOfDeath({ executions, topic }: Recovery, orderId: string, dead: End): Promise<Outcome> {
  if (!await executions.toldOfFailure(dead)) {
    await topic.tell({ ...deathNotice(dead), orderId, step: 'Order', execution: dead.execution });
  }
  return 'ended';
}
