import { createHash } from 'node:crypto';
import { OrderRow } from '../../../lambda-src/order/order';
import { validateOrder } from '../../../lambda-src/validation/validate';
import { Engine, startEngine } from '../../support/dynoxide';
import { responseLost, after, answers, refusedWith } from '../../support/request-faults';
import { AT, LATER, ME, ORDER, OTHER, ShopFixture, validating } from '../../support/shop-fixture';
import { BAD_ORDERS } from '../order/bad-orders';

let engine: Engine;
let shop: ShopFixture;
beforeAll(async () => { engine = await startEngine(); });
afterAll(async () => engine.stop());
beforeEach(async () => {
  shop = await ShopFixture.open(engine);
  await shop.putProducts({ productId: 'prod-1', price: 29.99, stock: 5 });
});

const validate = async (sent: unknown = ORDER, change: Parameters<typeof validating>[0] = {}) =>
  validateOrder(shop.validation(), sent, validating(change));

/** The row that an intake wrote before it started the execution. */
const received = async (row: Partial<OrderRow> = {}) => {
  await shop.putOrder({ status: 'RECEIVED', version: 1, history: { 1: { status: 'RECEIVED', at: AT, step: 'intake' } }, ...row });
  await shop.alterOrder(ORDER.orderId, { owner: row.owner });
};

describe('an order without a row', () => {
  test('gets one, received and validated, in one write', async () => {
    const answer = await validate({ ...ORDER, extra: 'dropped' });

    expect(answer).toEqual({ ...ORDER, status: 'VALID', version: 2, createdAt: LATER });
    expect(await shop.row()).toEqual({
      ...ORDER,
      status: 'VALID',
      version: 2,
      owner: ME,
      createdAt: LATER,
      updatedAt: LATER,
      openSince: LATER,
      openShard: createHash('md5').update('order-1').digest('hex').charAt(0),
      history: { 1: { status: 'RECEIVED', at: LATER, step: 'OpenOrder' }, 2: { status: 'VALID', at: LATER, step: 'ValidateOrder' } },
    });
    expect(shop.requests.sent).toEqual(['GetItem', 'BatchGetItem', 'PutItem']);
  });

  test('and without a currency gets the default one', async () => {
    const { currency, ...sent } = ORDER;
    expect(await validate(sent)).toMatchObject({ currency: 'EUR' });
  });

  test('that a concurrent invocation opened meanwhile is not opened again', async () => {
    shop.requests.next('PutItem', after(async () => validate()));

    expect(await validate()).toMatchObject({ status: 'VALID', version: 2 });
  });

  test('that another execution opened meanwhile is a duplicate', async () => {
    shop.requests.next('PutItem', after(async () => validate(ORDER, { owner: OTHER })));

    expect(await validate()).toEqual({ ...ORDER, status: 'DUPLICATE' });
    expect(await shop.row()).toMatchObject({ owner: OTHER, version: 2 });
  });

  test('whose answer was lost is validated once, whatever it costs by now', async () => {
    shop.requests.next('PutItem', responseLost);
    await expect(validate()).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    await shop.putProducts({ productId: 'prod-1', price: 35 });
    const before = await shop.snapshot();

    expect(await validate()).toEqual({ ...ORDER, status: 'VALID', version: 2, createdAt: LATER });
    expect(await shop.snapshot()).toEqual(before);
  });
});

describe('a received order', () => {
  test('is adopted in one write', async () => {
    await received();

    const answer = await validate();

    expect(answer).toEqual({ ...ORDER, status: 'VALID', version: 2, createdAt: AT });
    expect(await shop.row()).toMatchObject({
      owner: ME,
      updatedAt: LATER,
      openSince: AT,
      history: { 1: { status: 'RECEIVED', at: AT, step: 'intake' }, 2: { status: 'VALID', at: LATER, step: 'ValidateOrder' } },
    });
    expect(shop.requests.sent).toEqual(['GetItem', 'BatchGetItem', 'UpdateItem']);
  });

  test('that names no currency is kept with the default one', async () => {
    await received();
    await shop.alterOrder(ORDER.orderId, { currency: undefined });

    expect(await validate()).toMatchObject({ status: 'VALID', currency: 'EUR' });
    expect(await shop.row()).toMatchObject({ currency: 'EUR' });
  });

  test('is adopted by the execution that has it already', async () => {
    await received({ owner: ME });
    expect(await validate()).toMatchObject({ status: 'VALID', version: 2 });
  });

  test('is what is checked and kept, not what another one sends under its id', async () => {
    await received();

    const answer = await validate({ ...ORDER, userId: 'thief', items: [{ productId: 'prod-9', quantity: 1, price: 0 }], totalAmount: 0 });

    expect(answer).toEqual({ ...ORDER, status: 'VALID', version: 2, createdAt: AT });
  });

  test('that was adopted before is answered again, and not written', async () => {
    await received();
    const first = await validate();
    const before = await shop.snapshot();

    expect(await validate({ ...ORDER, version: 2 })).toEqual(first);
    expect(await shop.snapshot()).toEqual(before);
  });

  test('that another execution has is a duplicate, and its data is not returned', async () => {
    await received({ owner: OTHER, userId: 'user-2' });
    const before = await shop.snapshot();

    expect(await validate()).toEqual({ ...ORDER, status: 'DUPLICATE' });
    expect(await shop.snapshot()).toEqual(before);
  });

  test('that another execution adopts at the same time is a duplicate', async () => {
    await received();
    shop.requests.next('UpdateItem', after(async () => validate(ORDER, { owner: OTHER })));

    expect(await validate()).toMatchObject({ status: 'DUPLICATE' });
    expect(await shop.row()).toMatchObject({ owner: OTHER, status: 'VALID' });
  });

  test('that is refused has the reason on its row and ends', async () => {
    await received({ totalAmount: 59.99 });

    const answer = await validate();

    expect(answer).toMatchObject({ status: 'INVALID', version: 2, reason: 'totalAmount: 59.99 is not the sum of the lines, which is 59.98' });
    const row = await shop.row();
    expect(row).toMatchObject({ owner: ME, history: { 2: { status: 'INVALID', at: LATER, step: 'ValidateOrder' } } });
    expect(row).not.toHaveProperty('openSince');
    expect(row).not.toHaveProperty('undo');
  });

  test('that is refused and paid for begins to give the money back', async () => {
    await received();
    await shop.deleteProduct('prod-1');

    await validate(ORDER, { undoFrom: 'ProcessPayment' });

    expect(await shop.row()).toMatchObject({
      status: 'INVALID',
      openSince: AT,
      undo: { cause: 'rejected', from: 'ProcessPayment', done: {} },
      reason: 'items[0].productId: product prod-1 does not exist',
    });
  });

  test('whose customer requested cancellation is cancelled', async () => {
    await received({ cancelRequestedAt: AT });

    expect(await validate()).toMatchObject({ status: 'CANCELLED', version: 2 });
    expect(await shop.row()).not.toHaveProperty('openSince');
  });
});

describe('an order that other steps had before', () => {
  test('and that this step validated is answered again, and not written', async () => {
    const order = await shop.putOrder({ history: { 2: { status: 'VALID', at: AT, step: 'ValidateOrder' } } });
    const before = await shop.snapshot();

    expect(await validate(order)).toEqual(order);
    expect(await shop.snapshot()).toEqual(before);
  });

  test('goes on from where they left it', async () => {
    const order = await shop.putOrder({ status: 'SCREENED', version: 4, history: { 4: { status: 'SCREENED', at: AT, step: 'Screen' } } });

    expect(await validate(order)).toMatchObject({ status: 'VALID', version: 5 });
  });

  test('is answered as it is if it went on since', async () => {
    const order = await shop.putOrder({ status: 'SCREENED', version: 4 });
    await shop.alterOrder(ORDER.orderId, { version: 6, status: 'PAID' });
    const before = await shop.snapshot();

    expect(await validate(order)).toMatchObject({ status: 'PAID', version: 6 });
    expect(await shop.snapshot()).toEqual(before);
  });
});

describe('a bad order', () => {
  test.each(BAD_ORDERS)('%s is refused by name, and nothing is written', async (_, sent, field, message) => {
    const before = await shop.snapshot();

    const answer = await validateOrder(shop.validation(), sent, validating());

    expect(answer.status).toBe('INVALID');
    expect(answer.reason).toContain(`${field}: `);
    expect(answer.reason).toContain(message);
    expect(await shop.snapshot()).toEqual(before);
    expect(shop.requests.sent.filter(operation => operation !== 'GetItem')).toEqual([]);
  });

  test.each([
    ['whose product does not exist', { items: [{ productId: 'prod-9', quantity: 2, price: 29.99 }] }, 'items[0].productId: product prod-9 does not exist'],
    ['at a price that is a cent too low', { items: [{ productId: 'prod-1', quantity: 1, price: 29.98 }], totalAmount: 29.98 },
      'items[0].price: 29.98 is not the price of product prod-1, which is 29.99'],
    ['at a price that is a cent too high', { items: [{ productId: 'prod-1', quantity: 1, price: 30 }], totalAmount: 30 },
      'items[0].price: 30 is not the price of product prod-1, which is 29.99'],
    ['with a product whose price is text', { items: [{ productId: 'prod-2', quantity: 1, price: 1 }], totalAmount: 1 },
      'items[0].productId: the price of product prod-2 is not a number'],
    ['with a product of unknown price', { items: [{ productId: 'prod-4', quantity: 1, price: 1 }], totalAmount: 1 },
      'items[0].productId: product prod-4 has no price'],
    ['in another currency than the product', { items: [{ productId: 'prod-3', quantity: 1, price: 1 }], totalAmount: 1 },
      'currency: product prod-3 is sold in USD, not in EUR'],
  ])('%s is refused, and nothing is written', async (_, change, reason) => {
    await shop.putProducts({ productId: 'prod-2', price: '1' }, { productId: 'prod-3', price: 1, currency: 'USD' }, { productId: 'prod-4' });
    const before = await shop.snapshot();

    expect(await validate({ ...ORDER, ...change })).toEqual({ ...ORDER, ...change, status: 'INVALID', reason });
    expect(await shop.snapshot()).toEqual(before);
  });

  test('that is paid for gets a row, so that the money can go back', async () => {
    const answer = await validate({ ...ORDER, userId: 7, items: [], note: 'x' }, { undoFrom: 'ProcessPayment' });

    expect(answer).toEqual({
      orderId: 'order-1',
      currency: 'EUR',
      totalAmount: 59.98,
      status: 'INVALID',
      version: 2,
      createdAt: LATER,
      reason: expect.stringMatching(/^userId: .*; items: /),
    });
    const row = await shop.row();
    expect(row).toMatchObject({
      ...answer,
      owner: ME,
      openSince: LATER,
      undo: { cause: 'rejected', from: 'ProcessPayment', done: {} },
      history: { 1: { status: 'RECEIVED' }, 2: { status: 'INVALID', at: LATER, step: 'ValidateOrder' } },
    });
    expect(row).not.toHaveProperty('note');
  });

  test('that is paid for and has no valid id is a failure that operators must see', async () => {
    await expect(validate({ ...ORDER, orderId: 'order/1' }, { undoFrom: 'ProcessPayment' })).rejects.toMatchObject({
      name: 'InvalidOrder', message: expect.stringContaining('ProcessPayment'),
    });
    expect(await shop.contents(shop.ordersTable)).toEqual([]);
  });
});

describe('the stock', () => {
  const items = [3, 3].map(quantity => ({ productId: 'prod-1', quantity, price: 29.99 }));
  const order = { ...ORDER, items, totalAmount: 179.94 };

  test('is checked only with checkStock', async () => {
    expect(await validate(order)).toMatchObject({ status: 'VALID' });
  });

  test('must cover all lines of a product together', async () => {
    const validation = shop.validation({ checkStock: true });

    expect(await validateOrder(validation, order, validating())).toMatchObject({
      status: 'INVALID', reason: 'items[0].quantity: 6 of product prod-1 wanted, 5 in stock',
    });
    await shop.putProducts({ productId: 'prod-1', price: 29.99, stock: 6 });
    expect(await validateOrder(validation, order, validating())).toMatchObject({ status: 'VALID' });
  });

  test('of a product that has none, or does not exist, covers nothing', async () => {
    await shop.putProducts({ productId: 'prod-1', price: 29.99 });
    const unknown = { productId: 'prod-9', quantity: 1, price: 1 };
    const answer = await validateOrder(
      shop.validation({ checkStock: true }), { ...order, items: [...items, unknown], totalAmount: 180.94 }, validating(),
    );
    expect(answer.reason).toBe('items[2].productId: product prod-9 does not exist; items[0].quantity: 6 of product prod-1 wanted, 0 in stock');
  });
});

describe('products', () => {
  const leftUnread = () => answers(200, { Responses: {}, UnprocessedKeys: { [shop.productsTable]: { Keys: [{ productId: { S: 'prod-1' } }] } } });

  test('that DynamoDB left unread are read again', async () => {
    shop.requests.next('BatchGetItem', leftUnread());

    expect(await validate()).toMatchObject({ status: 'VALID' });
    expect(shop.requests.count('BatchGetItem')).toBe(2);
    expect(shop.pauses).toEqual([12.5]);
  });

  test('that stay unread are a failure, and are not reported as missing', async () => {
    shop.requests.next('BatchGetItem', ...Array.from({ length: 8 }, leftUnread));

    await expect(validate()).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    expect(await shop.contents(shop.ordersTable)).toEqual([]);
  });

  test('that are throttled are waited for', async () => {
    shop.requests.next('BatchGetItem', refusedWith('ProvisionedThroughputExceededException'));
    expect(await validate()).toMatchObject({ status: 'VALID' });
  });
});
