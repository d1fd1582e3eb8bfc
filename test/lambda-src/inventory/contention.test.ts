import { reserveInventory } from '../../../lambda-src/inventory/reserve';
import { Engine, startEngine } from '../../support/dynoxide';
import { cancelledFor, refusedWith, responseLost } from '../../support/request-faults';
import { AT, LATER, ShopFixture, reserving } from '../../support/shop-fixture';

let engine: Engine;
let shop: ShopFixture;
beforeAll(async () => { engine = await startEngine(); });
afterAll(async () => engine.stop());
beforeEach(async () => { shop = await ShopFixture.open(engine); });

describe('contention', () => {
  beforeEach(async () => shop.putProducts({ productId: 'prod-1', stock: 9 }));

  test.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded', 'TransactionInProgress'])(
    'reported as %s is waited out with full jitter, and never taken for a shortage', async code => {
      const order = await shop.putOrder();
      shop.requests.next('TransactWriteItems', cancelledFor('None', code), cancelledFor(code, 'None'));

      expect(await reserveInventory(shop, order, reserving())).toMatchObject({ status: 'RESERVED' });

      expect(shop.pauses).toEqual([12.5, 25]);
      expect(await shop.stockOf('prod-1')).toBe(7);
    });

  test.each(['TransactionInProgressException', 'ThrottlingException', 'ProvisionedThroughputExceededException'])(
    'reported as %s is waited out', async name => {
      const order = await shop.putOrder();
      shop.requests.next('TransactWriteItems', refusedWith(name));

      expect(await reserveInventory(shop, order, reserving())).toMatchObject({ status: 'RESERVED' });
    });

  test('that does not end is given up as TransactionConflict, with nothing written', async () => {
    const order = await shop.putOrder();
    const before = await shop.snapshot();
    shop.requests.next('TransactWriteItems', ...Array(8).fill(cancelledFor('None', 'TransactionConflict')));

    await expect(reserveInventory(shop, order, reserving())).rejects.toMatchObject({ name: 'TransactionConflict' });

    expect(shop.pauses).toEqual([12.5, 25, 50, 100, 200, 400, 400]);
    expect(await shop.snapshot()).toEqual(before);
  });

  const conflicts = (rounds: number) => Array(8 * rounds).fill(cancelledFor('None', 'TransactionConflict'));
  /** The state's later tries are other invocations with the same write. */
  const BUSY = { status: 'BUSY', after: '2030-01-01T00:06:00.000Z' };
  const waiting = () => reserving({ busy: BUSY });

  test('that lasts beyond its time rejects the order as busy, with nothing reserved', async () => {
    const order = await shop.putOrder();
    shop.time = Date.parse(BUSY.after);
    shop.requests.next('TransactWriteItems', ...conflicts(1));

    const answer = await reserveInventory(shop, order, reserving({ busy: BUSY, undoFrom: 'ProcessPayment' }));

    expect(answer).toMatchObject({ status: 'BUSY', version: 3, reason: expect.stringContaining('order again') });
    expect(await shop.row()).toMatchObject({
      status: 'BUSY', undo: { cause: 'rejected', from: 'ProcessPayment', done: {} }, history: { 3: { status: 'BUSY', at: LATER, step: 'ReserveInventory' } },
    });
    expect(await shop.row()).not.toHaveProperty('reservation');
    expect(await shop.stockOf('prod-1')).toBe(9);
  });

  test('is an error until a millisecond before that time, so that the state tries again', async () => {
    const order = await shop.putOrder();
    const before = await shop.snapshot();
    shop.time = Date.parse(BUSY.after) - 1;
    shop.requests.next('TransactWriteItems', ...conflicts(1));

    await expect(reserveInventory(shop, order, waiting())).rejects.toMatchObject({ name: 'TransactionConflict' });
    expect(await shop.snapshot()).toEqual(before);
  });

  test('that ends at the last try still reserves', async () => {
    const order = await shop.putOrder();
    shop.time = Date.parse(BUSY.after);
    shop.requests.next('TransactWriteItems', ...conflicts(1).slice(1));

    expect(await reserveInventory(shop, order, waiting())).toMatchObject({ status: 'RESERVED' });
  });

  test('beyond its time ends as reserved where an earlier try reserved and lost its answer', async () => {
    const order = await shop.putOrder();
    shop.requests.next('TransactWriteItems', responseLost);
    await expect(reserveInventory(shop, order, waiting())).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    shop.time = Date.parse(BUSY.after);
    shop.requests.next('TransactWriteItems', ...conflicts(1));

    expect(await reserveInventory(shop, order, waiting())).toMatchObject({ status: 'RESERVED', version: 3, reservation: { status: 'RESERVED' } });
    expect(await shop.row()).toMatchObject({ status: 'RESERVED' });
    expect(await shop.stockOf('prod-1')).toBe(7);
  });

  test('that rejected the order as busy lets no earlier try reserve afterwards', async () => {
    const order = await shop.putOrder();
    shop.time = Date.parse(BUSY.after);
    shop.requests.next('TransactWriteItems', ...conflicts(1));
    await reserveInventory(shop, order, waiting());
    const before = await shop.snapshot();

    // The transaction of a try that was given up, sent again.
    expect(await reserveInventory(shop, order, waiting())).toMatchObject({ status: 'BUSY', version: 3 });
    expect(await shop.snapshot()).toEqual(before);
  });

  test('beyond its time ends a cancelled order as cancelled', async () => {
    const order = await shop.putOrder();
    await shop.alterOrder(order.orderId, { cancelRequestedAt: AT });
    shop.time = Date.parse(BUSY.after);
    shop.requests.next('TransactWriteItems', ...conflicts(1));

    expect(await reserveInventory(shop, order, waiting())).toMatchObject({ status: 'CANCELLED' });
  });

  test('with the write of a shortage is waited out too', async () => {
    await shop.deleteProduct('prod-1');
    const order = await shop.putOrder();
    shop.requests.next('UpdateItem', refusedWith('TransactionConflictException'));

    expect(await reserveInventory(shop, order, reserving())).toMatchObject({ status: 'OUT_OF_STOCK' });
  });

  test('is distinguished from a write that DynamoDB refuses as invalid, which is not sent again', async () => {
    const order = await shop.putOrder();
    shop.time = Date.parse(BUSY.after);
    shop.requests.next('TransactWriteItems', cancelledFor('TransactionConflict', 'ValidationError'));

    await expect(reserveInventory(shop, order, waiting())).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    expect(shop.requests.count('TransactWriteItems')).toBe(1);
  });

  test('is distinguished from an outage, which is named so that the state machine tries again', async () => {
    const order = await shop.putOrder();
    shop.time = Date.parse(BUSY.after);
    shop.requests.next('TransactWriteItems', refusedWith('InternalServerError'));

    await expect(reserveInventory(shop, order, waiting())).rejects.toMatchObject({
      name: 'ServiceUnavailable', message: expect.stringContaining('InternalServerError'),
    });
  });
});
