import type { OrderLock } from './order-lock';
import { LEASE_MILLISECONDS, PlacedOrder } from './placed-order';
import { receivedRow } from './received-row';
import { Refusal } from './refusal';
import type { Submission } from './submission';
import type { Workflow } from './workflow';
import { OrderRow, RECEIVED } from '../order/order';
import type { Orders } from '../order/orders';
import type { OrderDefaults } from '../order/parse-order';
import type { ClockTiming } from '../timing';

/** What every intake needs. */
export interface Intake {
  readonly orders: Orders;
  /** Undefined where execution names are not unique (EXPRESS): then the row alone deduplicates. */
  readonly lock?: OrderLock;
  readonly workflow: Workflow;
  readonly defaults: OrderDefaults;
  readonly timing: ClockTiming;
}

const POLL_MILLISECONDS = 200;

/** Runs after the order's row is written, and before its execution is started. */
export type BeforeStart = (orderId: string) => Promise<void>;

/** Writes the order's row and starts its execution, once, however often and through whichever intake the order is sent. */
export async function placeOrder(intake: Intake, submission: Submission, beforeStart: BeforeStart = async () => undefined): Promise<PlacedOrder> {
  const place = async () => receive(intake, submission, beforeStart);
  return intake.lock ? intake.lock.hold(submission, place) : place();
}

async function receive(intake: Intake, submission: Submission, beforeStart: BeforeStart): Promise<PlacedOrder> {
  const { order, text, requestHash } = submission;
  const isNew = await intake.orders.create(receivedRow(order, requestHash, new Date(intake.timing.now())));
  if (isNew || await isLeftBehind(intake, submission)) {
    await beforeStart(order.orderId);
    await intake.workflow.start(order.orderId, text);
  }
  return { orderId: order.orderId, status: RECEIVED };
}

/**
 * Whether an intake wrote the row and never started the execution.
 *
 * With a lock no other intake is about to start it, and a second start under the same name changes nothing. Without one,
 * the intake that wrote the row has the time of a lease to start it.
 */
async function isLeftBehind({ orders, lock, timing }: Intake, submission: Submission): Promise<boolean> {
  for (;;) {
    const row = sameOrder(submission, await orders.find(submission.order.orderId));
    if (row.owner !== undefined || row.version > 1) return false;
    if (lock || timing.now() - Date.parse(row.createdAt) >= LEASE_MILLISECONDS) return true;
    await timing.wait(POLL_MILLISECONDS);
  }
}

/** The row, if it is of this order. The response does not show what other order has the id. */
function sameOrder({ order, requestHash }: Submission, row: OrderRow | undefined): OrderRow {
  if (row?.userId === order.userId && row.requestHash === requestHash) return row;
  throw new Refusal('conflict', 'another order has this id');
}
