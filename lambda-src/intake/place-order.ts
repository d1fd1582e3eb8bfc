import { NotStarted, startExecution } from './execution-start';
import type { OrderLock } from './order-lock';
import { LEASE_MILLISECONDS, PlacedOrder } from './placed-order';
import { putRow, receivedRow } from './received-row';
import { Refusal } from './refusal';
import { Submission, contentHash } from './submission';
import type { Workflow } from './workflow';
import { Failure } from '../failure';
import { OrderRow, RECEIVED } from '../order/order';
import type { Orders } from '../order/orders';
import type { OrderDefaults } from '../order/parse-order';
import type { ClockTiming } from '../timing';

/** What every intake needs. */
export interface Intake {
  readonly orders: Orders;
  /** Writes rows with a client that does not retry, which would hide whether a request may have been carried out. */
  readonly rows: Orders;
  /** Undefined where execution names are not unique (EXPRESS): then the row alone deduplicates. */
  readonly lock?: OrderLock;
  readonly workflow: Workflow;
  readonly defaults: OrderDefaults;
  readonly timing: ClockTiming;
  /** Counts an execution that no retry can start. */
  countRefusedStart(): void;
}

const POLL_MILLISECONDS = 200;

/** Runs after the order's row is written, and before its execution is started. */
export type BeforeStart = (orderId: string) => Promise<void>;

/** How an order that may have been received before is found: nothing has started it, an execution has it, or it cannot be seen. */
type Found = 'left behind' | 'taken' | 'not seen';

/**
 * Writes the order's row and starts its execution, once, however often and through whichever intake the order is sent.
 *
 * Throws `NotStarted` if the row stands and its execution could not be started, and `OutcomeUnknown` if it is not known
 * whether the row stands. After every other error this request has left nothing.
 */
export async function placeOrder(intake: Intake, submission: Submission, beforeStart: BeforeStart = async () => undefined): Promise<PlacedOrder> {
  const place = async () => receive(intake, submission, beforeStart);
  try {
    return await (intake.lock ? intake.lock.hold(submission, place) : place());
  } catch (error) {
    if (error instanceof Refusal || error instanceof NotStarted) throw error;
    return receivedBefore(intake, submission, error);
  }
}

/** The same for a client that gets an answer: once the row stands the order is accepted, and the sweeper starts it if nothing else does. */
export async function acceptOrder(intake: Intake, submission: Submission, beforeStart?: BeforeStart): Promise<PlacedOrder> {
  return placeOrder(intake, submission, beforeStart).catch((error: unknown) => {
    if (error instanceof NotStarted) return placedOf(submission);
    throw error;
  });
}

async function receive(intake: Intake, submission: Submission, beforeStart: BeforeStart): Promise<PlacedOrder> {
  const { order, requestHash } = submission;
  const put = await putRow(intake.rows, receivedRow(order, requestHash, new Date(intake.timing.now())));
  const found = put === 'put' ? 'left behind' : await find(intake, submission);
  if (found === 'taken') return placedOf(submission);
  if (found === 'not seen' && put === 'exists') throw new Failure('OutcomeUnknown', 'a row has the id, and it could not be read');
  await beforeStart(order.orderId);
  await startExecution(intake, submission, found === 'left behind');
  return placedOf(submission);
}

/**
 * With a lock no other intake is about to start the order, and a second start under the same name changes nothing. Without
 * one, the intake that wrote the row has the time of a lease to start it.
 */
async function find(intake: Intake, submission: Submission): Promise<Found> {
  const { lock, timing } = intake;
  for (;;) {
    const row = await rowOf(intake, submission);
    if (!row) return 'not seen';
    if (isTaken(row)) return 'taken';
    if (lock || timing.now() - Date.parse(row.createdAt) >= LEASE_MILLISECONDS) return 'left behind';
    await timing.wait(POLL_MILLISECONDS);
  }
}

/** A request that failed says nothing of the ones before it: the order is accepted if one of them has left its row. */
async function receivedBefore(intake: Intake, submission: Submission, error: unknown): Promise<PlacedOrder> {
  const row = await rowOf(intake, submission);
  if (!row) throw error;
  if (!isTaken(row)) throw new NotStarted(error);
  return placedOf(submission);
}

/** The row, if it can be read. Refuses another order under the id, and does not show which. */
async function rowOf({ orders, defaults }: Intake, { order, requestHash }: Submission): Promise<OrderRow | undefined> {
  const row = await orders.find(order.orderId).catch(() => undefined);
  // An execution that wrote the row itself has stored no hash.
  if (!row || (row.userId === order.userId && (row.requestHash ?? contentHash(row, defaults)) === requestHash)) return row;
  throw new Refusal('conflict', 'another order has this id');
}

function isTaken({ owner, version }: OrderRow): boolean {
  return owner !== undefined || version > 1;
}

function placedOf({ order: { orderId } }: Submission): PlacedOrder {
  return { orderId, status: RECEIVED };
}
