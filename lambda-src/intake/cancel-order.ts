import { Refusal, notFound } from './refusal';
import type { Workflow } from './workflow';
import type { OrderRow } from '../../src/contract/order-row';
import { requestCancel } from '../../src/contract/writes';
import type { Orders } from '../order/orders';
import { changeOf } from '../order/row-write';

export interface Cancelling {
  readonly orders: Orders;
  readonly workflow: Workflow;
  readonly timing: { now(): number };
}

/**
 * Asks the saga to undo the order. The write that completes the order and this one exclude each other, so whoever comes
 * first decides. An order that never started has nobody to see the flag: whoever starts it does.
 */
export async function cancelOrder({ orders, workflow, timing }: Cancelling, orderId: string): Promise<OrderRow> {
  const row = await orders.change(orderId, changeOf(requestCancel, { at: new Date(timing.now()).toISOString() }));
  if (!row) return askedBefore(orders, orderId);
  // The token was written with the wait, and the wait refuses to begin once the flag is there: none is missed.
  if (row.waiting) await workflow.wake(row.waiting.token);
  return row;
}

/** A repetition gets the answer of the first request, even when the order has been undone since. */
async function askedBefore(orders: Orders, orderId: string): Promise<OrderRow> {
  const row = await orders.find(orderId);
  if (!row) throw notFound();
  if (row.cancelRequestedAt !== undefined) return row;
  throw new Refusal('too-late', `the order can no longer be cancelled: its status is ${row.status}`);
}
