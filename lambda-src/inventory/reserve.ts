import type { Inventory } from './inventory';
import { linesByProduct } from './lines';
import { isConflict } from '../dynamodb/contention';
import type { FailedCondition } from '../dynamodb/database';
import { OrderAnswer, OrderDocument, Reservation, ReservedLine, documentOf } from '../order/order';
import { StepWrite, accepted, rejected } from '../order/step-write';

const ORDER_ROW = 0;
const TURN_NOT_COME = 'too many orders for the same products at the same time: order again later';

/** Takes all lines from the stock and moves the order, in one transaction: either both happened or neither did. */
export async function reserveInventory(inventory: Inventory, order: OrderDocument, write: StepWrite): Promise<OrderAnswer> {
  const { database, orders, stock } = inventory;
  const lines = linesByProduct(order.items);
  const reservation: Reservation = { status: 'RESERVED', lines, at: write.at };
  const transaction = [orders.action(order.orderId, accepted(order, write, { reservation })), ...lines.map(line => stock.take(line))];
  const failed = await database.transact(transaction).catch(error => {
    if (isConflict(error) && isTimeUp(inventory, write)) return undefined;
    throw error;
  });
  // The row decides: it refuses this write if an earlier attempt has reserved, and it refuses that attempt after this write.
  if (failed === undefined) return orders.move(order, write, rejected(order, write, TURN_NOT_COME, write.busy!.status));
  if (failed.length === 0) {
    return documentOf({ ...order, status: write.accepted, version: order.version + 1, reservation });
  }
  // The order row is checked first: when this step took the last units itself, the stock refuses its repetition too.
  if (failed[0].action === ORDER_ROW) return orders.settle(order, write);
  return orders.move(order, write, rejected(order, write, shortage(lines, failed)));
}

/** Whether the order is rejected rather than tried again: the state's next attempt would come too late. */
function isTimeUp({ now }: Inventory, { busy }: StepWrite): boolean {
  return busy !== undefined && now() >= Date.parse(busy.after);
}

function shortage(lines: readonly ReservedLine[], failed: readonly FailedCondition[]): string {
  return failed.map(({ action, found }) => {
    const { productId, quantity } = lines[action - 1];
    return found ? `${productId}: ${quantity} wanted, ${found.stock?.N ?? 0} in stock` : `${productId}: is not sold`;
  }).join('; ');
}
