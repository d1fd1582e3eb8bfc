import { OpenExample, openExample } from './example-cloud';
import { JsonObject } from '../../src';
import { SIGNED } from '../intake/intake-fixture';

const STOCK = 10;

let shop: OpenExample;

beforeEach(async () => {
  shop = await openExample('rest-with-email');
});

afterEach(() => shop.cloud.close());

interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

/** A request as a client of the REST API makes it. */
async function request(method: string, path: string, body?: unknown, headers: object = SIGNED): Promise<Answer> {
  const answer = await fetch(new URL(path, shop.cloud.outputs.Url), {
    method, headers: { 'content-type': 'application/json', ...headers }, body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() as JsonObject };
}

function order(orderId: string, more: object = {}): object {
  return {
    orderId,
    userId: 'ann',
    currency: 'EUR',
    email: 'ann@example.com',
    totalAmount: 59.98,
    items: [{ productId: 'lamp', quantity: 2, price: 29.99 }],
    ...more,
  };
}

/** The responses to a client that orders, and reads the order when it has ended. */
async function orders(what: object): Promise<{ placed: Answer; then: Answer }> {
  const { orderId } = what as { orderId: string };
  const placed = await request('POST', '/orders', what);
  await shop.workflow.outcome(orderId);
  return { placed, then: await request('GET', `/orders/${orderId}`) };
}

const stock = async () => (await shop.cloud.item(shop.workflow.resources.productsTable!, { productId: 'lamp' }))?.stock;

test('an order that is sent over REST is accepted at once, and completed step by step', async () => {
  const { placed, then } = await orders(order('order-1'));
  const history = await request('GET', '/orders/order-1/history');

  expect(placed).toMatchObject({ status: 202, body: { orderId: 'order-1', status: 'RECEIVED', links: { order: '/orders/order-1' } } });
  expect(then).toMatchObject({ status: 200, body: { orderId: 'order-1', status: 'COMPLETED', totalAmount: 59.98 } });
  expect((history.body.history as JsonObject[]).map(({ status }) => status))
    .toEqual(['RECEIVED', 'VALID', 'RESERVED', 'CREATED', 'PAID', 'COMPLETED']);
  expect(await stock()).toBe(STOCK - 2);
});

test('a completed order is confirmed by one mail to its address', async () => {
  await orders(order('order-1'));

  expect(shop.workflow.sent.mails).toMatchObject([{
    from: 'shop@example.com',
    to: ['ann@example.com'],
    subject: 'Your order order-1',
    text: 'Thank you. Your order order-1 over 59.98 EUR is complete.',
  }]);
});

test.each([[1, '29.99 EUR'], [10, '299.90 EUR']])('the total of %i lamps is written as on a bill: %s', async (quantity, total) => {
  await orders(order('order-1', { items: [{ productId: 'lamp', quantity, price: 29.99 }], totalAmount: quantity * 29.99 }));

  expect(shop.workflow.sent.mails[0].text).toContain(`over ${total} is`);
});

test('an order without an address is completed without a mail', async () => {
  expect((await orders(order('order-1', { email: undefined }))).then.body.status).toBe('COMPLETED');
  expect(shop.workflow.sent.mails).toEqual([]);
});

test('an order that is not well formed is refused with every field that is wrong, and nothing is kept', async () => {
  const refused = await request('POST', '/orders', order('order-1', { userId: 7, totalAmount: 1 }));

  expect(refused).toMatchObject({
    status: 400, body: { type: 'urn:problem-type:invalid', errors: [{ field: 'userId' }, { field: 'totalAmount' }] },
  });
  expect((await request('GET', '/orders/order-1')).status).toBe(404);
});

test.each<[string, object, string]>([
  ['INVALID', { items: [{ productId: 'lamp', quantity: 2, price: 1 }], totalAmount: 2 }, '1 is not the price of product lamp, which is 29.99'],
  ['INVALID', { items: [{ productId: 'moon', quantity: 2, price: 29.99 }] }, 'product moon does not exist'],
  ['OUT_OF_STOCK', { items: [{ productId: 'lamp', quantity: 11, price: 29.99 }], totalAmount: 329.89 }, 'lamp: 11 wanted, 10 in stock'],
])('a client reads that its order ended %s, and why: %j', async (status, more, reason) => {
  const { placed, then } = await orders(order('order-1', more));

  expect(placed.status).toBe(202);
  expect(then).toMatchObject({ status: 200, body: { status, reason: expect.stringContaining(reason) } });
  expect([await stock(), shop.workflow.sent.mails, shop.workflow.sent.alerts]).toEqual([STOCK, [], []]);
});

test('an order whose payment is declined gives its stock back, and is not confirmed', async () => {
  // One in ten is declined, and which ones follows from their ids.
  const { then } = await orders(order('order-4'));

  expect(then.body).toMatchObject({ status: 'PAYMENT_DECLINED', reason: 'declined by the simulated payment provider' });
  expect([await stock(), shop.workflow.sent.mails, shop.workflow.sent.alerts]).toEqual([STOCK, [], []]);
});

test.each(['ValidateOrder', 'UpdateInventory', 'CreateOrder', 'ProcessPayment', 'Complete order'])(
  'an order that fails at %s is undone, the client reads FAILED or REFUNDED, and an alert is published', async (state) => {
    shop.workflow.faults.state(state).always().failsBeforeEffect('Broken');
    const { placed, then } = await orders(order('order-1'));

    expect(placed.status).toBe(202);
    expect(then).toMatchObject({ status: 200, body: { status: state === 'Complete order' ? 'REFUNDED' : 'FAILED' } });
    expect(shop.workflow.sent.alerts).toMatchObject([{ attributes: { kind: 'order-failed' }, body: { orderId: 'order-1' } }]);
    expect([await stock(), shop.workflow.sent.mails]).toEqual([STOCK, []]);
  });

test('a mail that cannot be sent raises an alert, and the order stays completed', async () => {
  shop.workflow.faults.state('SendConfirmation').always().failsBeforeEffect();

  expect((await orders(order('order-1'))).then.body.status).toBe('COMPLETED');
  expect(shop.workflow.sent.alerts).toMatchObject([{ attributes: { kind: 'closing-step-failed', step: 'SendConfirmation' } }]);
});

test('an order that is sent again is the same order: it gets the same response, one charge and one mail', async () => {
  const { placed } = await orders(order('order-1'));

  expect(await request('POST', '/orders', order('order-1'))).toEqual(placed);
  expect(await request('POST', '/orders', order('order-1', { userId: 'ben' }))).toMatchObject({ status: 409, body: { type: 'urn:problem-type:conflict' } });
  expect(await stock()).toBe(STOCK - 2);
  expect(shop.workflow.sent.mails).toHaveLength(1);
});

test('a client that does not sign its request is refused', async () => {
  expect((await request('POST', '/orders', order('order-1'), {})).status).toBe(403);
});
