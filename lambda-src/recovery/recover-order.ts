import { End, Executions, isExpress } from './executions';
import type { FailureTopic } from './failure-topic';
import { interruptionNotice } from './interruption-notice';
import type { LongestTimes } from './longest-times';
import { notifyOperators } from './notify-operators';
import type { RecoveryMachine } from './recovery-machine';
import { closed } from './recovery-writes';
import { startAgain } from './start-again';
import { COMPLETED, NEEDS_ATTENTION, OrderRow } from '../order/order';
import type { Orders } from '../order/orders';
import type { StateMachine } from '../step-functions/state-machine';

/** What a recovery needs. */
export interface Recovery {
  readonly orders: Orders;
  readonly executions: Executions;
  readonly workflow: StateMachine;
  readonly recoveries: RecoveryMachine;
  readonly topic: FailureTopic;
  readonly longest: LongestTimes;
  now(): number;
  random(): number;
}

/** The share of the waiting orders whose execution is described in a sweep: with a sweep each five minutes, each about once an hour. */
const DESCRIBED_SHARE = 1 / 12;

/**
 * What was found or done about an open order. `started`, `given up` and `recovered` are what was done:
 * an execution was started, it was published that none takes the order, and a recovery was started. An order that has an
 * execution and is not overdue, or whose step may take as long as that, is `in time`. One of another state machine is `left to an operator`
 * until no time is left to its execution.
 */
export type Outcome = 'left to an operator' | 'ended' | 'in time' | 'waiting' | 'needs attention' | 'at work' | 'started' | 'given up' | 'recovered';

/**
 * Recovers an order whose execution was interrupted or never started. Each write and each claim of a recovery has its own
 * condition, so it does no harm to recover an order twice, or one that moves on meanwhile.
 *
 * @param interrupted the execution that is known to have ended; without one, the owner of the order is described
 */
export async function recoverOrder(recovery: Recovery, orderId: string, interrupted?: End): Promise<Outcome> {
  const row = await recovery.orders.find(orderId);
  if (!row) return interrupted ? publishInterruption(recovery, orderId, interrupted) : 'ended';
  if (row.openSince === undefined) return 'ended';
  // What keeps an execution from its first write rarely ends at once: the next sweep starts the order again.
  if (row.owner === undefined) return interrupted ? 'at work' : startAgain(recovery, row);
  if (interrupted && row.owner !== interrupted.execution) return 'at work';
  if (row.status === NEEDS_ATTENTION) {
    await notifyOperators(recovery, row, interrupted);
    return 'needs attention';
  }
  if (!interrupted && isWaiting(recovery, row)) return 'waiting';
  if (!interrupted && isInStep(recovery, row)) return 'in time';
  const end = interrupted ?? await recovery.executions.endOfOwner(row);
  if (end) return recover(recovery, row, end);
  return recovery.executions.isOfAnotherMachine(row.owner) ? 'left to an operator' : 'at work';
}

/** Whether what comes next for the order may take until now, with all of its retries: its execution is not described before. */
function isInStep({ longest, now }: Recovery, { owner, status, undo, updatedAt }: OrderRow): boolean {
  const seconds = undo ? longest.undo : longest.statuses[status] ?? 0;
  return !isExpress(owner) && now() < Date.parse(updatedAt) + seconds * 1_000;
}

/**
 * Whether an order waits for a decision, as most waits take long: their executions are described now and then, but always
 * when a customer cancels, which would have ended the wait. Those of another state machine cannot be described.
 */
function isWaiting({ executions, now, random }: Recovery, { owner, waiting, cancelRequestedAt }: OrderRow): boolean {
  return waiting !== undefined && cancelRequestedAt === undefined && Date.parse(waiting.until) > now()
    && (executions.isOfAnotherMachine(owner) || random() > DESCRIBED_SHARE);
}

/** Starts the recovery of an order whose execution has ended. */
export async function recover({ orders, executions, recoveries }: Pick<Recovery, 'orders' | 'executions' | 'recoveries'>, row: OrderRow, end: End): Promise<Outcome> {
  if (row.unpublished) {
    const unpublished = row.unpublished.map(failure => ({ kind: 'closing-step-failed' as const, ...failure }));
    await recoveries.start({ orderId: row.orderId, owner: end.execution, unpublished });
    return 'recovered';
  }
  if (row.status === COMPLETED && end.status === 'SUCCEEDED') {
    await orders.change(row.orderId, closed(row));
    return 'ended';
  }
  const published = row.alertedAt !== undefined || await executions.publishedFailure(end);
  await recoveries.start({ orderId: row.orderId, owner: end.execution, published, failure: interruptionNotice(end) });
  return 'recovered';
}

/** An order that was never written has nothing to undo, but its sender expects a result. */
async function publishInterruption({ executions, topic }: Recovery, orderId: string, interrupted: End): Promise<Outcome> {
  if (!await executions.publishedFailure(interrupted)) {
    await topic.publish({ ...interruptionNotice(interrupted), orderId, step: 'Order', execution: interrupted.execution });
  }
  return 'ended';
}
