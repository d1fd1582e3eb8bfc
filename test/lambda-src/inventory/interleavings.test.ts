import fc from 'fast-check';
import { releaseInventory } from '../../../lambda-src/inventory/release';
import { reserveInventory } from '../../../lambda-src/inventory/reserve';
import { Engine, startEngine } from '../../support/dynoxide';
import { responseLost, cancelledFor } from '../../support/request-faults';
import { ME, OTHER, RELEASE, ShopFixture, reserving } from '../../support/shop-fixture';

let engine: Engine;
beforeAll(async () => { engine = await startEngine(); });
afterAll(async () => engine.stop());

const STOCK = 6;
const PRODUCTS = ['prod-1', 'prod-2'];

/** What may happen to one of three orders, in any order and at the same time as anything else. */
const happening = fc.record({
  order: fc.constantFrom('order-0', 'order-1', 'order-2'),
  what: fc.constantFrom('reserve', 'begin undo', 'release', 'cancel', 'reserve as another owner', 'release as another owner'),
  fault: fc.constantFrom('none', 'none', 'answer lost', 'conflict'),
});

describe('whatever happens to the orders of a product', () => {
  test('stock and reserved units add up to what there was, and no stock is below zero', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.array(happening, { minLength: 1, maxLength: 4 }), { maxLength: 8 }), async bursts => {
      const shop = await ShopFixture.open(engine);
      await shop.putProducts(...PRODUCTS.map(productId => ({ productId, stock: STOCK })));
      const orders = await Promise.all([0, 1, 2].map(async number => shop.putOrder({
        orderId: `order-${number}`,
        items: [
          { productId: 'prod-1', quantity: number + 1, price: 1 },
          { productId: 'prod-2', quantity: 2, price: 1 },
          { productId: 'prod-1', quantity: 1, price: 1 },
        ],
      })));

      for (const burst of bursts) {
        await Promise.allSettled(burst.map(async ({ order: orderId, what, fault }) => {
          if (fault === 'answer lost') shop.requests.next('TransactWriteItems', responseLost);
          if (fault === 'conflict') shop.requests.next('TransactWriteItems', cancelledFor('TransactionConflict', 'None', 'None'));
          const order = orders.find(each => each.orderId === orderId)!;
          const owner = what.endsWith('another owner') ? OTHER : ME;
          if (what.startsWith('reserve')) return reserveInventory(shop, order, reserving({ owner }));
          if (what.startsWith('release')) return releaseInventory(shop, orderId, { ...RELEASE, owner });
          if (what === 'cancel') return shop.alterOrder(orderId, { cancelRequestedAt: RELEASE.at });
          return (await shop.row(orderId)).undo ?? shop.alterOrder(orderId, { undo: { cause: 'failed', from: 'ReserveInventory', done: {} } });
        }));
        await everythingAddsUp(shop);
      }
    }), { numRuns: 60 });
  }, 60_000);
});

async function everythingAddsUp(shop: ShopFixture): Promise<void> {
  const rows = await shop.contents(shop.ordersTable);
  const reserved = rows.filter(({ reservation }) => reservation?.status === 'RESERVED').flatMap(({ reservation }) => reservation.lines);
  for (const productId of PRODUCTS) {
    const stock = await shop.stockOf(productId);
    const taken = reserved.filter(line => line.productId === productId).reduce((sum, { quantity }) => sum + quantity, 0);
    expect(stock).toBeGreaterThanOrEqual(0);
    expect(stock + taken).toBe(STOCK);
  }
  for (const row of rows) {
    expect(row.owner).toBe(ME);
    expect(row.history[row.version].status).toBe(row.status);
    if (row.undo?.done.ReserveInventory) expect(row.reservation?.status).not.toBe('RESERVED');
  }
}
