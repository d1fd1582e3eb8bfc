import { openShard } from '../order/new-row';
import { OrderRow, RECEIVED } from '../order/order';
import type { OrderInput } from '../order/order-contract';

/** Who brings an order that came through an intake to its first version. */
const INTAKE = 'intake';

/** The row of an order that has been received and that no execution has yet: the first step of the saga takes it. */
export function receivedRow(order: OrderInput, requestHash: string, now: Date): OrderRow {
  const at = now.toISOString();
  return {
    ...order,
    status: RECEIVED,
    version: 1,
    requestHash,
    history: { 1: { status: RECEIVED, at, step: INTAKE } },
    createdAt: at,
    updatedAt: at,
    openSince: at,
    openShard: openShard(order.orderId),
  };
}
