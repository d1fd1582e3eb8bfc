import { Database } from '../../../lambda-src/dynamodb/database';
import { Orders } from '../../../lambda-src/order/orders';
import { AT, LATER, ME, ORDER } from '../../support/shop-fixture';

test('a row that changes between each read and each write is given up, and not read for ever', async () => {
  const row = { ...ORDER, status: 'RECEIVED', version: 1, createdAt: AT, updatedAt: AT, cancelRequestedAt: AT, history: {} };
  let reads = 0;
  const database = { find: async () => { reads++; return row; }, change: async () => undefined } as unknown as Database;
  const write = { owner: ME, at: LATER, step: 'ReserveInventory', accepted: 'RESERVED', rejected: 'OUT_OF_STOCK' };

  await expect(new Orders(database, 'orders').settle(row, write)).rejects.toMatchObject({ name: 'UnexpectedOrderState' });
  expect(reads).toBe(5);
});
