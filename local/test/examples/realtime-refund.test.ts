import { OpenExample, openExample } from './example-cloud';
import { JsonObject, RealClock } from '../../src';
import { WebSocketClient } from '../feed/web-socket-client';

const STOCK = 10;

let shop: OpenExample;
let client: WebSocketClient;

beforeEach(async () => {
  // The socket is real, and so is its time.
  shop = await openExample('realtime-refund', { clock: new RealClock() });
  client = await WebSocketClient.connect({ url: shop.cloud.outputs.FeedUrl });
});

afterEach(async () => {
  await client.close();
  await shop.cloud.close();
});

function lamps(orderId: string, quantity: number, more: object = {}): object {
  const items = [{ productId: 'lamp', quantity, price: 29.99 }];
  return { orderId, userId: 'ann', currency: 'EUR', email: 'ann@example.com', items, totalAmount: Math.round(quantity * 2999) / 100, ...more };
}

/** The statuses that the client receives for an order that it sends, up to this one. */
async function receivedStatuses(order: object, last: string): Promise<string[]> {
  const { orderId } = order as { orderId: string };
  client.send({ action: 'submitOrder', order });
  await client.receives(orderId, last);
  // The response says that it was received, too.
  return client.statuses.filter((received) => received.startsWith(`${orderId} `)).map((received) => received.split(' ')[1]).filter((status) => status !== 'RECEIVED');
}

const stock = async () => (await shop.cloud.item(shop.workflow.resources.productsTable!, { productId: 'lamp' }))?.stock;
const ended = async (orderId: string) => shop.workflow.outcome(orderId);

test('the client receives VALID, and then RESERVED, for an order that is in stock', async () => {
  expect(await receivedStatuses(lamps('in-stock', 2), 'COMPLETED')).toEqual(['VALID', 'RESERVED', 'COMPLETED']);
  expect(await stock()).toBe(STOCK - 2);
});

test('the client receives VALID, and then REFUNDED with the reason, for an order of more than the stock', async () => {
  expect(await receivedStatuses(lamps('sold-out', 11), 'REFUNDED')).toEqual(['VALID', 'OUT_OF_STOCK', 'REFUNDED']);
  expect(await client.receives('sold-out', 'REFUNDED')).toMatchObject({ reason: 'OUT_OF_STOCK: lamp: 11 wanted, 10 in stock' });
  expect(await stock()).toBe(STOCK);
});

test('an order that is not valid was paid all the same, and is refunded', async () => {
  const order = lamps('wrong-price', 2, { items: [{ productId: 'lamp', quantity: 2, price: 1 }], totalAmount: 2 });

  expect(await receivedStatuses(order, 'REFUNDED')).toEqual(['INVALID', 'REFUNDED']);
});

test('an order that is malformed is rejected and not started, and its sender refunds the payment', async () => {
  const refused = JSON.parse(await client.request({ action: 'submitOrder', order: lamps('wrong-total', 2, { totalAmount: 1 }) })) as JsonObject;

  expect(refused).toMatchObject({ type: 'error', code: 'bad-request', orderId: 'wrong-total', errors: [{ field: 'totalAmount' }] });
  expect(shop.cloud.executions.all()).toEqual([]);
  expect(await shop.workflow.order('wrong-total')).toBeUndefined();
});

test('of two clients that order the last lamps one gets them, and the other is refunded', async () => {
  const other = await WebSocketClient.connect({ url: shop.cloud.outputs.FeedUrl });
  client.send({ action: 'submitOrder', order: lamps('one', 6) });
  other.send({ action: 'submitOrder', order: lamps('two', 6) });
  await Promise.all([client.receives('one', 'VALID'), other.receives('two', 'VALID')]);
  const ends = await Promise.all([ended('one'), ended('two')]);
  await Promise.all([client.receives('one', ends[0].status), other.receives('two', ends[1].status)]);

  expect(ends.map(({ status }) => status).sort()).toEqual(['COMPLETED', 'REFUNDED']);
  expect(await stock()).toBe(STOCK - 6);
  expect(client.statuses.join()).not.toContain('two');
  await other.close();
});

test('the status is written in one place, and every reader reads it there', async () => {
  await receivedStatuses(lamps('one-status', 11), 'REFUNDED');
  const { path, order } = await ended('one-status');

  expect(order).toMatchObject({ status: 'REFUNDED' });
  expect(Object.keys(order!).filter((field) => /status/i.test(field))).toEqual(['status']);
  expect(path).toEqual(expect.arrayContaining(['ValidateOrder accepted?', 'ReserveInventory accepted?']));
});

test('an order that is out of stock is no error: nothing is retried, and no alert is published', async () => {
  await receivedStatuses(lamps('no-error', 11), 'REFUNDED');
  const { execution } = await ended('no-error');
  const events = shop.workflow.history('no-error').events.map(({ type }) => type);

  expect(execution).toBe('SUCCEEDED');
  expect(events.filter((type) => /Failed|TimedOut|Retr/.test(type))).toEqual([]);
  expect(shop.workflow.sent.alerts).toEqual([]);
});

test('no step loses a field of the order, or wraps it', async () => {
  const sent = lamps('whole', 2);
  await receivedStatuses(sent, 'COMPLETED');

  const inputs = shop.workflow.history('whole').events.flatMap(({ stateEnteredEventDetails }) => {
    const { input } = (stateEnteredEventDetails ?? {}) as { input?: string };
    return input === undefined ? [] : [JSON.parse(input)];
  });
  expect(inputs.length).toBeGreaterThan(4);
  inputs.forEach((input) => expect(input).toMatchObject(sent));
  expect(await shop.workflow.order('whole')).toMatchObject(sent);
});

describe('a refund', () => {
  let workflow: OpenExample['workflow'];
  let close: () => Promise<void>;
  let refunds: JsonObject[];
  beforeEach(async () => {
    const virtual = await openExample('realtime-refund');
    ({ workflow } = virtual);
    close = () => virtual.cloud.close();
    refunds = [];
    virtual.cloud.calls.observe(({ service, input }) => {
      if (service === 'lambda' && String(input.FunctionName).includes('-Refund')) refunds.push(JSON.parse(String(input.Payload)));
    });
  });
  afterEach(() => close());

  test('whose response is lost is retried with the same idempotency key, by which the provider finds it', async () => {
    workflow.faults.state('Undo PrepaidPayment: refund').failsAfterEffect();

    expect(await workflow.process(lamps('lost', 11))).toMatchObject({ status: 'REFUNDED' });
    expect(refunds).toMatchObject([1, 2].map(() => ({ orderId: 'lost', amount: 329.89, currency: 'EUR', key: refunds[0].key })));
  });

  test('that fails permanently leaves the order to an operator, who is notified', async () => {
    workflow.faults.state('Undo PrepaidPayment: refund').always().failsBeforeEffect();

    await workflow.submit(lamps('not-refunded', 11));
    await workflow.reaches('not-refunded', 'NEEDS_ATTENTION');

    expect(workflow.sent.alerts).toMatchObject([{ attributes: { kind: 'compensation-failed' }, body: { orderId: 'not-refunded', step: 'PrepaidPayment' } }]);
  });
});
