import { loggedStep } from './step-log';
import { inventoryOfEnvironment } from '../inventory/inventory';
import { reserveInventory } from '../inventory/reserve';
import type { OrderAnswer } from '../order/order';
import { parseStepEvent } from '../order/step-event';

const inventory = inventoryOfEnvironment();

export const handler = async (event: unknown): Promise<OrderAnswer> => {
  const { order, write } = parseStepEvent(event);
  return loggedStep(order, write, async () => reserveInventory(inventory, order, write));
};
