import { loggedUndo } from './step-log';
import { inventoryOfEnvironment } from '../inventory/inventory';
import { releaseInventory } from '../inventory/release';
import type { OrderDocument } from '../order/order';
import { parseUndoEvent } from '../order/step-event';

const inventory = inventoryOfEnvironment();

export const handler = async (event: unknown): Promise<OrderDocument> => {
  const { order, write } = parseUndoEvent(event);
  return loggedUndo(order, write, async () => releaseInventory(inventory, order.orderId, write));
};
