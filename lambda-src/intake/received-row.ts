import type { OrderInput, OrderRow } from '../../src/contract/order-row';
import { receiveOrder } from '../../src/contract/writes/opening';
import { itemOf } from '../order/row-write';

/** The row of a received order without an owner: its execution becomes the owner with the first write. */
export function receivedRow(order: OrderInput, requestHash: string, now: Date): OrderRow {
  const row = itemOf(receiveOrder, { ...order, requestHash, at: now.toISOString() });
  return { orderId: order.orderId, ...row } as unknown as OrderRow;
}
