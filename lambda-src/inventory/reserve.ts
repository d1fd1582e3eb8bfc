import type { Inventory } from './inventory';
import { linesByProduct } from './lines';
import type { FailedCondition } from '../dynamodb/database';
import { OrderAnswer, OrderDocument, Reservation, ReservedLine, documentOf } from '../order/order';
import { StepWrite, accepted, rejected } from '../order/step-write';

const ORDER_ROW = 0;

/** Takes all lines from the stock and moves the order, in one transaction: either both happened or neither did. */
export async function reserveInventory(inventory: Inventory, order: OrderDocument, write: StepWrite): Promise<OrderAnswer> {
  const { database, orders, stock } = inventory;
  const lines = linesByProduct(order.items);
  const reservation: Reservation = { status: 'RESERVED', lines, at: write.at };
  const failed = await database.transact([
    orders.action(order.orderId, accepted(order, write, { reservation })),
    ...lines.map(line => stock.take(line)),
  ]);
  if (failed.length === 0) {
    return documentOf({ ...order, status: write.accepted, version: order.version + 1, reservation });
  }
  // The order row is checked first: when this step took the last units itself, the stock refuses its repetition too.
  if (failed[0].action === ORDER_ROW) return orders.settle(order, write);
  return orders.move(order, write, rejected(order, write, shortage(lines, failed)));
}

function shortage(lines: readonly ReservedLine[], failed: readonly FailedCondition[]): string {
  return failed.map(({ action, found }) => {
    const { productId, quantity } = lines[action - 1];
    return found ? `${productId}: ${quantity} wanted, ${found.stock?.N ?? 0} in stock` : `${productId}: is not sold`;
  }).join('; ');
}
