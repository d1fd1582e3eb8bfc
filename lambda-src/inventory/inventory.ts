import { Stock } from './stock';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { setting } from '../environment';
import { Orders } from '../order/orders';
import { realTiming } from '../timing';

/** The stock and the orders that take from it, in one database: a transaction spans both. */
export interface Inventory {
  readonly database: Database;
  readonly orders: Orders;
  readonly stock: Stock;
  now(): number;
}

/** The inventory that the function's environment names. */
export function inventoryOfEnvironment(): Inventory {
  const database = new Database(documentClient(), realTiming);
  return {
    database,
    orders: new Orders(database, setting('ORDERS_TABLE')),
    stock: new Stock(setting('PRODUCTS_TABLE')),
    now: realTiming.now,
  };
}
