import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { setting } from '../environment';
import { loggedStep } from './step-log';
import type { OrderAnswer } from '../order/order';
import { Orders } from '../order/orders';
import { parseOpeningEvent } from '../order/step-event';
import { realTiming } from '../timing';
import { Validation, validateOrder } from '../validation/validate';

const database = new Database(documentClient(), realTiming);
const validation: Validation = {
  database,
  orders: new Orders(database, setting('ORDERS_TABLE')),
  productsTable: setting('PRODUCTS_TABLE'),
  defaults: { currency: process.env.DEFAULT_CURRENCY || 'USD' },
  checkStock: process.env.CHECK_STOCK === 'true',
};

export const handler = async (event: unknown): Promise<OrderAnswer> => {
  const { order, write } = parseOpeningEvent(event);
  return loggedStep(order, write, async () => validateOrder(validation, order, write));
};
