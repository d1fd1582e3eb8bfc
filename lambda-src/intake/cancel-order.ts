import { Refusal, notFound } from './refusal';
import type { Workflow } from './workflow';
import type { OrderRow } from '../../src/contract/order-row';
import { requestCancel } from '../../src/contract/writes/recovering';
import type { Orders } from '../order/orders';
import { changeOf } from '../order/row-write';

export interface Cancelling {
  readonly orders: Orders;
  readonly workflow: Workflow;
  readonly timing: { now(): number };
}

/**
 * Requests the cancellation of an order. This write and the one that completes the order exclude each other. An order that
 * has not started is cancelled by the execution that starts it.
 */
export async function cancelOrder({ orders, workflow, timing }: Cancelling, orderId: string): Promise<OrderRow> {
  const row = await orders.change(orderId, changeOf(requestCancel, { at: new Date(timing.now()).toISOString() }));
  if (!row) return requestedBefore(orders, orderId);
  // The token is written with the wait, and no wait begins once the cancellation is requested: none is missed.
  if (row.waiting) await workflow.wake(row.waiting.token);
  return row;
}

/** A repetition gets the response of the first request, even when the order has been undone since. */
async function requestedBefore(orders: Orders, orderId: string): Promise<OrderRow> {
  const row = await orders.find(orderId);
  if (!row) throw notFound();
  if (row.cancelRequestedAt !== undefined) return row;
  throw new Refusal('too-late', `the order can no longer be cancelled: its status is ${row.status}`);
}
