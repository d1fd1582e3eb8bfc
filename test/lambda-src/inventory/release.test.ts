import { releaseInventory } from '../../../lambda-src/inventory/release';
import { reserveInventory } from '../../../lambda-src/inventory/reserve';
import { Engine, startEngine } from '../../support/dynoxide';
import { responseLost, after, cancelledFor } from '../../support/request-faults';
import { LATER, ORDER, OTHER, RELEASE, ShopFixture, reserving } from '../../support/shop-fixture';

let engine: Engine;
let shop: ShopFixture;
beforeAll(async () => { engine = await startEngine(); });
afterAll(async () => engine.stop());
beforeEach(async () => {
  shop = await ShopFixture.open(engine);
  await shop.putProducts({ productId: 'prod-1', stock: 5 }, { productId: 'prod-2', stock: 5 });
});

const UNDO = { cause: 'failed', from: 'ReserveInventory', done: {} } as const;
const items = [{ productId: 'prod-1', quantity: 2, price: 1 }, { productId: 'prod-2', quantity: 3, price: 1 }];
const lines = [{ productId: 'prod-1', quantity: 2 }, { productId: 'prod-2', quantity: 3 }];

/** An order that has taken its units, and whose undo has begun since. */
async function reservedAndUndoing(): Promise<void> {
  const order = await shop.putOrder({ items, totalAmount: 5 });
  await reserveInventory(shop, order, reserving());
  await shop.alterOrder(order.orderId, { undo: UNDO, status: 'FAILED', version: 4 });
}

const release = async (change: Partial<typeof RELEASE> = {}) => releaseInventory(shop, ORDER.orderId, { ...RELEASE, ...change });

describe('a release', () => {
  test('gives the units back and records that it did, in one write', async () => {
    await reservedAndUndoing();

    const answer = await release();

    const reservation = { status: 'RELEASED', lines, at: LATER, releasedAt: RELEASE.at };
    expect(answer).toMatchObject({ orderId: ORDER.orderId, status: 'FAILED', version: 4, reservation });
    expect(await shop.row()).toMatchObject({
      status: 'FAILED', version: 4, reservation, undo: { ...UNDO, done: { ReserveInventory: RELEASE.at } }, updatedAt: RELEASE.at,
    });
    expect(await Promise.all(['prod-1', 'prod-2'].map(async id => shop.stockOf(id)))).toEqual([5, 5]);
  });

  test('requested twice returns the stock once', async () => {
    await reservedAndUndoing();
    const first = await release();
    const before = await shop.snapshot();

    expect(await release({ at: '2030-01-01T00:20:00.000Z' })).toEqual(first);
    expect(await shop.snapshot()).toEqual(before);
  });

  test('gives back once though another undo of the order began since', async () => {
    await reservedAndUndoing();
    await release();
    await shop.alterOrder(ORDER.orderId, { undo: { cause: 'failed', from: 'ReserveInventory', done: {} } });
    const before = await shop.snapshot();

    expect(await release()).toMatchObject({ reservation: { status: 'RELEASED' } });
    expect(await shop.snapshot()).toEqual(before);
  });

  test('whose answer was lost gives back once', async () => {
    await reservedAndUndoing();
    shop.requests.next('TransactWriteItems', responseLost);
    await expect(release()).rejects.toMatchObject({ name: 'ServiceUnavailable' });

    expect(await release()).toMatchObject({ reservation: { status: 'RELEASED' } });
    expect(await shop.stockOf('prod-1')).toBe(5);
  });

  test('that runs twice at the same time gives back once', async () => {
    await reservedAndUndoing();
    shop.requests.next('TransactWriteItems', after(async () => release()));

    expect(await release()).toMatchObject({ reservation: { status: 'RELEASED' } });
    expect(await shop.stockOf('prod-1')).toBe(5);
    expect(await shop.stockOf('prod-2')).toBe(5);
  });

  test('waits out a conflict', async () => {
    await reservedAndUndoing();
    shop.requests.next('TransactWriteItems', cancelledFor('None', 'TransactionConflict', 'None'));

    expect(await release()).toMatchObject({ reservation: { status: 'RELEASED' } });
    expect(await shop.row()).not.toHaveProperty('reservation.unreturned');
  });

  test('is not held up by a product that is no longer sold, and keeps what could not go back', async () => {
    await reservedAndUndoing();
    await shop.deleteProduct('prod-1');

    await release();

    expect(await shop.stockOf('prod-2')).toBe(5);
    expect(await shop.row()).toMatchObject({
      reservation: { status: 'RELEASED', lines, unreturned: [{ productId: 'prod-1', quantity: 2 }] },
    });
    expect(await shop.contents(shop.productsTable)).toHaveLength(1);
  });

  test('ends though no product is sold any more', async () => {
    await reservedAndUndoing();
    await Promise.all([shop.deleteProduct('prod-1'), shop.deleteProduct('prod-2')]);

    expect(await release()).toMatchObject({ reservation: { status: 'RELEASED', unreturned: lines } });
  });
});

describe('a release of nothing', () => {
  test('is recorded, and touches no stock', async () => {
    await shop.putOrder({ items, undo: UNDO });

    const answer = await release();

    expect(answer).not.toHaveProperty('reservation');
    expect(await shop.row()).toMatchObject({ version: 2, undo: { done: { ReserveInventory: RELEASE.at } } });
    expect(await shop.stockOf('prod-1')).toBe(5);
  });

  test('requested twice writes once', async () => {
    await shop.putOrder({ undo: UNDO });
    await release();
    const before = await shop.snapshot();

    await release({ at: '2030-01-01T00:20:00.000Z' });

    expect(await shop.snapshot()).toEqual(before);
    expect(shop.requests.count('UpdateItem')).toBe(1);
  });

  test('keeps a reserve that comes later from landing', async () => {
    const order = await shop.putOrder({ items });
    await shop.alterOrder(order.orderId, { undo: UNDO });
    await release();

    expect(await reserveInventory(shop, order, reserving())).toMatchObject({ status: 'VALID' });
    expect(await shop.stockOf('prod-1')).toBe(5);
  });
});

describe('a release that is not due', () => {
  test('touches nothing of an order that another execution has', async () => {
    await reservedAndUndoing();
    const before = await shop.snapshot();

    await expect(release({ owner: OTHER })).rejects.toMatchObject({ name: 'NotOwner', message: expect.stringContaining(OTHER) });
    expect(await shop.snapshot()).toEqual(before);
  });

  test('touches nothing of an order that another execution takes over meanwhile', async () => {
    await reservedAndUndoing();
    shop.requests.next('TransactWriteItems', after(async () => shop.alterOrder(ORDER.orderId, { owner: OTHER })));

    await expect(release()).rejects.toMatchObject({ name: 'NotOwner' });
    expect(await shop.stockOf('prod-1')).toBe(3);
  });

  test('states that the order has no owner', async () => {
    await reservedAndUndoing();
    await shop.alterOrder(ORDER.orderId, { owner: undefined });

    await expect(release()).rejects.toMatchObject({ name: 'NotOwner', message: expect.stringContaining('belongs to no execution') });
  });

  test('states that the undo has not begun', async () => {
    await shop.putOrder();

    await expect(release()).rejects.toMatchObject({ name: 'UnexpectedOrderState', message: expect.stringContaining('has not begun') });
  });

  test('states that there is no such order', async () => {
    await expect(release()).rejects.toMatchObject({ name: 'UnexpectedOrderState', message: expect.stringContaining('no row') });
  });

  test('states that the reservation changed concurrently', async () => {
    await shop.putOrder({ undo: UNDO });
    const reservation = { status: 'RESERVED', lines, at: LATER };
    shop.requests.next('UpdateItem', after(async () => shop.alterOrder(ORDER.orderId, { reservation })));

    await expect(release()).rejects.toMatchObject({ name: 'UnexpectedOrderState', message: expect.stringContaining('RESERVED') });
  });

  test('states that the reservation was removed concurrently', async () => {
    await reservedAndUndoing();
    shop.requests.next('TransactWriteItems', after(async () => shop.alterOrder(ORDER.orderId, { reservation: undefined })));

    await expect(release()).rejects.toMatchObject({ name: 'UnexpectedOrderState', message: expect.stringContaining('missing') });
  });
});
