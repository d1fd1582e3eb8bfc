import type { OrderLock } from './order-lock';
import { receivedRow } from './received-row';
import { Refusal } from './refusal';
import type { Submission } from './submission';
import type { Workflow } from './workflow';
import { OrderRow, RECEIVED } from '../order/order';
import type { Orders } from '../order/orders';
import type { OrderDefaults } from '../order/parse-order';
import type { ClockTiming } from '../timing';

/** What every intake stands on. */
export interface Intake {
  readonly orders: Orders;
  /** Missing where executions have no names that tell them apart (EXPRESS): then the row alone keeps orders apart. */
  readonly lock?: OrderLock;
  readonly workflow: Workflow;
  readonly defaults: OrderDefaults;
  readonly timing: ClockTiming;
}

/** The answer to an order, the same for each repetition. */
export interface Placed {
  readonly orderId: string;
  readonly status: string;
}

/** How long an intake may take from the row to the execution before it counts as crashed. */
export const LEASE_MILLISECONDS = 3_000;
const LOOK_AGAIN_AFTER = 200;

/** What is to happen between the order's row and its start. */
export type BeforeStart = (orderId: string) => Promise<void>;

/** Puts the order's row and starts its execution: once, however often and wherever the order is sent. */
export async function placeOrder(intake: Intake, submission: Submission, beforeStart: BeforeStart = async () => undefined): Promise<Placed> {
  const place = async () => receive(intake, submission, beforeStart);
  return intake.lock ? intake.lock.hold(submission, place) : place();
}

async function receive(intake: Intake, submission: Submission, beforeStart: BeforeStart): Promise<Placed> {
  const { order, text, requestHash } = submission;
  const isNew = await intake.orders.create(receivedRow(order, requestHash, new Date(intake.timing.now())));
  if (isNew || await wasLeftBehind(intake, submission)) {
    await beforeStart(order.orderId);
    await intake.workflow.start(order.orderId, text);
  }
  return { orderId: order.orderId, status: RECEIVED };
}

/**
 * Whether somebody received the order and never started it.
 *
 * With a lock nobody is about to, and a second start under the same name changes nothing. Without one, whoever put the row
 * is given the time to start it.
 */
async function wasLeftBehind({ orders, lock, timing }: Intake, submission: Submission): Promise<boolean> {
  for (;;) {
    const row = sameOrder(submission, await orders.find(submission.order.orderId));
    if (row.owner !== undefined || row.version > 1) return false;
    if (lock || timing.now() - Date.parse(row.createdAt) >= LEASE_MILLISECONDS) return true;
    await timing.wait(LOOK_AGAIN_AFTER);
  }
}

/** The row, if it is this order's. What else has the id is nobody's business. */
function sameOrder({ order, requestHash }: Submission, row: OrderRow | undefined): OrderRow {
  if (row?.userId === order.userId && row.requestHash === requestHash) return row;
  throw new Refusal('conflict', 'another order has this id');
}
