import { reserveInventory } from '../../../lambda-src/inventory/reserve';
import { Engine, startEngine } from '../../support/dynoxide';
import { responseLost, after, cancelledFor } from '../../support/request-faults';
import { AT, LATER, ME, ORDER, OTHER, ShopFixture, reserving } from '../../support/shop-fixture';

let engine: Engine;
let shop: ShopFixture;
beforeAll(async () => { engine = await startEngine(); });
afterAll(async () => engine.stop());
beforeEach(async () => { shop = await ShopFixture.open(engine); });

const UNDO = { cause: 'failed', from: 'ReserveInventory', done: {} } as const;

describe('a reserve', () => {
  test('takes the units and moves the order in one write', async () => {
    await shop.putProducts({ productId: 'prod-1', stock: 5 });
    const order = await shop.putOrder();

    const answer = await reserveInventory(shop, order, reserving());

    const reservation = { status: 'RESERVED', lines: [{ productId: 'prod-1', quantity: 2 }], at: LATER };
    expect(answer).toEqual({ ...order, status: 'RESERVED', version: 3, reservation });
    expect(await shop.stockOf('prod-1')).toBe(3);
    expect(await shop.row()).toMatchObject({
      ...answer, owner: ME, updatedAt: LATER, openSince: AT, history: { 3: { status: 'RESERVED', at: LATER, step: 'ReserveInventory' } },
    });
    expect(shop.requests.sent).toEqual(['TransactWriteItems']);
  });

  test('sums two lines of one product before it checks the stock', async () => {
    await shop.putProducts({ productId: 'prod-1', stock: 5 });
    const line = { productId: 'prod-1', quantity: 3, price: 1 };
    const order = await shop.putOrder({ items: [line, line], totalAmount: 6 });

    const answer = await reserveInventory(shop, order, reserving());

    expect(answer).toMatchObject({ status: 'OUT_OF_STOCK', reason: 'prod-1: 6 wanted, 5 in stock' });
    expect(await shop.stockOf('prod-1')).toBe(5);
  });

  test('takes 90 products at once', async () => {
    const items = Array.from({ length: 90 }, (_, index) => ({ productId: `prod-${index}`, quantity: 1, price: 1 }));
    await shop.putProducts(...items.map(({ productId }) => ({ productId, stock: 1 })));
    const order = await shop.putOrder({ items, totalAmount: 90 });

    expect(await reserveInventory(shop, order, reserving())).toMatchObject({ status: 'RESERVED' });

    const stocks = (await shop.contents(shop.productsTable)).map(({ stock }) => stock);
    expect(stocks).toEqual(Array(90).fill(0));
  });

  test('of 200 concurrent orders for 50 units lets exactly 50 have one', async () => {
    await shop.putProducts({ productId: 'prod-1', stock: 50 });
    const items = [{ productId: 'prod-1', quantity: 1, price: 1 }];
    const orders = await Promise.all(Array.from({ length: 200 }, async (_, index) =>
      shop.putOrder({ orderId: `order-${index}`, items, totalAmount: 1 })));

    const answers = await Promise.all(orders.map(async order => reserveInventory(shop, order, reserving())));

    expect(answers.filter(({ status }) => status === 'RESERVED')).toHaveLength(50);
    expect(answers.filter(({ status }) => status === 'OUT_OF_STOCK')).toHaveLength(150);
    const rows = await shop.contents(shop.ordersTable);
    expect(rows.filter(({ reservation }) => reservation?.status === 'RESERVED')).toHaveLength(50);
    expect(await shop.stockOf('prod-1')).toBe(0);
  }, 30_000);
});

describe('a shortage', () => {
  const items = ['prod-1', 'prod-2', 'prod-3'].map(productId => ({ productId, quantity: 4, price: 1 }));

  test('names each product that is short, with the quantity ordered and the quantity in stock, and takes nothing', async () => {
    await shop.putProducts({ productId: 'prod-1', stock: 3 }, { productId: 'prod-2', stock: 4 });
    const order = await shop.putOrder({ items, totalAmount: 12 });

    const answer = await reserveInventory(shop, order, reserving());

    expect(answer).toMatchObject({
      status: 'OUT_OF_STOCK', version: 3, reason: 'prod-1: 4 wanted, 3 in stock; prod-3: is not sold',
    });
    expect(answer.reservation).toBeUndefined();
    expect(await shop.stockOf('prod-2')).toBe(4);
  });

  test('ends the order where no step before has anything to undo', async () => {
    const order = await shop.putOrder();

    await reserveInventory(shop, order, reserving());

    const row = await shop.row();
    expect(row).toMatchObject({ status: 'OUT_OF_STOCK', history: { 3: { status: 'OUT_OF_STOCK', at: LATER, step: 'ReserveInventory' } } });
    expect(row).not.toHaveProperty('undo');
    expect(row).not.toHaveProperty('openSince');
    expect(row).not.toHaveProperty('openShard');
  });

  test('begins the undo of the step before in the same write', async () => {
    const order = await shop.putOrder();

    await reserveInventory(shop, order, reserving({ undoFrom: 'ProcessPayment' }));

    expect(await shop.row()).toMatchObject({
      status: 'OUT_OF_STOCK', openSince: AT, openShard: 'a', undo: { cause: 'rejected', from: 'ProcessPayment', done: {} },
    });
    expect(shop.requests.sent).toEqual(['TransactWriteItems', 'UpdateItem']);
  });

  test('is found out though another product was in conflict', async () => {
    await shop.putProducts({ productId: 'prod-1', stock: 9 });
    const order = await shop.putOrder();
    shop.requests.next('TransactWriteItems', cancelledFor('TransactionConflict', 'ConditionalCheckFailed'));

    expect(await reserveInventory(shop, order, reserving())).toMatchObject({ status: 'OUT_OF_STOCK' });
    expect(shop.pauses).toEqual([]);
  });

  test('that was recorded before is returned again, whatever is in stock by now', async () => {
    const order = await shop.putOrder();
    const first = await reserveInventory(shop, order, reserving());
    await shop.putProducts({ productId: 'prod-1', stock: 100 });

    expect(await reserveInventory(shop, order, reserving())).toEqual(first);
    expect(await shop.stockOf('prod-1')).toBe(100);
  });
});

describe('a reserve that was sent before', () => {
  test('changes nothing when its answer was lost, and answers what was written', async () => {
    await shop.putProducts({ productId: 'prod-1', stock: 2 });
    const order = await shop.putOrder();
    shop.requests.next('TransactWriteItems', responseLost);
    await expect(reserveInventory(shop, order, reserving())).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    const before = await shop.snapshot();

    const answer = await reserveInventory(shop, order, reserving());

    expect(await shop.snapshot()).toEqual(before);
    expect(answer).toMatchObject({ status: 'RESERVED', version: 3, reservation: { status: 'RESERVED' } });
    expect(await shop.stockOf('prod-1')).toBe(0);
  });

  test('by the SDK itself, as it lost the answer, takes the units once', async () => {
    const retryingShop = await ShopFixture.open(engine, { maxAttempts: 3 });
    await retryingShop.putProducts({ productId: 'prod-1', stock: 2 });
    const order = await retryingShop.putOrder();
    retryingShop.requests.next('TransactWriteItems', responseLost);

    expect(await reserveInventory(retryingShop, order, reserving())).toMatchObject({ status: 'RESERVED', version: 3 });

    expect(await retryingShop.stockOf('prod-1')).toBe(0);
    expect(retryingShop.requests.sent).toEqual(['TransactWriteItems', 'TransactWriteItems']);
  });

  test('changes nothing when the order has gone on since', async () => {
    await shop.putProducts({ productId: 'prod-1', stock: 9 });
    const order = await shop.putOrder();
    await shop.alterOrder(order.orderId, { version: 5, status: 'PAID' });
    const before = await shop.snapshot();

    expect(await reserveInventory(shop, order, reserving())).toMatchObject({ status: 'PAID', version: 5 });
    expect(await shop.snapshot()).toEqual(before);
  });

  test('changes nothing when the order has come back to the same status since', async () => {
    await shop.putProducts({ productId: 'prod-1', stock: 9 });
    const order = await shop.putOrder();
    await shop.alterOrder(order.orderId, { version: 4 });
    const before = await shop.snapshot();

    expect(await reserveInventory(shop, order, reserving())).toMatchObject({ status: 'VALID', version: 4 });
    expect(await shop.snapshot()).toEqual(before);
  });

  test('and arrives after the undo began changes nothing', async () => {
    await shop.putProducts({ productId: 'prod-1', stock: 9 });
    const order = await shop.putOrder();
    await shop.alterOrder(order.orderId, { undo: UNDO });
    const before = await shop.snapshot();

    expect(await reserveInventory(shop, order, reserving())).toMatchObject({ status: 'VALID', version: 2 });
    expect(await shop.snapshot()).toEqual(before);
  });

  test('cannot write a shortage after the undo began', async () => {
    const order = await shop.putOrder();
    shop.requests.next('UpdateItem', after(async () => shop.alterOrder(order.orderId, { undo: UNDO, version: 3, status: 'FAILED' })));

    expect(await reserveInventory(shop, order, reserving())).toMatchObject({ status: 'FAILED', version: 3 });
    expect(await shop.row()).toMatchObject({ undo: UNDO, status: 'FAILED' });
  });
});

describe('a reserve of an order', () => {
  beforeEach(async () => shop.putProducts({ productId: 'prod-1', stock: 9 }));

  test('that another execution has touches nothing', async () => {
    const order = await shop.putOrder({ owner: OTHER });
    const before = await shop.snapshot();

    expect(await reserveInventory(shop, order, reserving())).toEqual({ ...order, status: 'DUPLICATE' });
    expect(await shop.snapshot()).toEqual(before);
  });

  test('whose customer requested cancellation does not take its units', async () => {
    const order = await shop.putOrder();
    await shop.alterOrder(order.orderId, { cancelRequestedAt: AT });

    const answer = await reserveInventory(shop, order, reserving({ undoFrom: 'ProcessPayment' }));

    expect(answer).toMatchObject({ status: 'CANCELLED', version: 3, cancelRequestedAt: AT });
    expect(await shop.row()).toMatchObject({
      status: 'CANCELLED',
      openSince: AT,
      undo: { cause: 'cancelled', from: 'ProcessPayment', done: {} },
      history: { 3: { status: 'CANCELLED', at: LATER, step: 'ReserveInventory' } },
    });
    expect(await shop.stockOf('prod-1')).toBe(9);
  });

  test('is cancelled for good where nothing is to be undone', async () => {
    const order = await shop.putOrder();
    await shop.alterOrder(order.orderId, { cancelRequestedAt: AT });

    await reserveInventory(shop, order, reserving());

    expect(await shop.row()).not.toHaveProperty('undo');
    expect(await shop.row()).not.toHaveProperty('openSince');
  });

  test('is not cancelled over an undo that began in the meantime', async () => {
    const order = await shop.putOrder();
    await shop.alterOrder(order.orderId, { cancelRequestedAt: AT });
    shop.requests.next('UpdateItem', after(async () => shop.alterOrder(order.orderId, { undo: UNDO })));

    expect(await reserveInventory(shop, order, reserving())).toMatchObject({ status: 'VALID' });
    expect(await shop.row()).toMatchObject({ undo: UNDO, status: 'VALID' });
  });

  test.each([
    ['that has no owner', async () => shop.alterOrder(ORDER.orderId, { owner: undefined }), /found version 2 with status VALID/],
    ['that has no owner and was cancelled', async () => shop.alterOrder(ORDER.orderId, { owner: undefined, cancelRequestedAt: AT }), /found version 2/],
    ['whose status was changed', async () => shop.alterOrder(ORDER.orderId, { status: 'SHIPPED' }), /found version 2 with status SHIPPED/],
    ['that went back', async () => shop.alterOrder(ORDER.orderId, { version: 1 }), /found version 1/],
  ])('%s is an unexpected state', async (_, disturb, message) => {
    const order = await shop.putOrder();
    await disturb();

    await expect(reserveInventory(shop, order, reserving())).rejects.toMatchObject({
      name: 'UnexpectedOrderState', message: expect.stringMatching(message),
    });
    expect(await shop.stockOf('prod-1')).toBe(9);
  });

  test('that was never opened is an error, and takes nothing', async () => {
    const order = { ...ORDER, status: 'VALID', version: 2, createdAt: AT };

    await expect(reserveInventory(shop, order, reserving())).rejects.toMatchObject({
      name: 'UnexpectedOrderState', message: expect.stringContaining('it has no row'),
    });
    expect(await shop.stockOf('prod-1')).toBe(9);
  });
});
