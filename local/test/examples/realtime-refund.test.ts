import { OpenExample, openExample } from './example-cloud';
import { JsonObject, RealClock } from '../../src';
import { Socket } from '../feed/web-socket-client';

const STOCK = 10;

let shop: OpenExample;
let client: Socket;

beforeEach(async () => {
  // The socket is real, and so is its time.
  shop = await openExample('realtime-refund', { clock: new RealClock() });
  client = await Socket.connect({ url: shop.cloud.outputs.FeedUrl });
});

afterEach(async () => {
  await client.close();
  await shop.cloud.close();
});

function lamps(orderId: string, quantity: number, more: object = {}): object {
  const items = [{ productId: 'lamp', quantity, price: 29.99 }];
  return { orderId, userId: 'ann', currency: 'EUR', email: 'ann@example.com', items, totalAmount: Math.round(quantity * 2999) / 100, ...more };
}

/** What the client hears of an order that it sends, up to this status. */
async function hears(order: object, last: string): Promise<string[]> {
  const { orderId } = order as { orderId: string };
  client.say({ action: 'submitOrder', order });
  await client.hears(orderId, last);
  // That it was received is told by the answer too.
  return client.statuses.filter((heard) => heard.startsWith(`${orderId} `)).map((heard) => heard.split(' ')[1]).filter((status) => status !== 'RECEIVED');
}

const stock = async () => (await shop.cloud.item(shop.workflow.resources.productsTable!, { productId: 'lamp' }))?.stock;
const ended = async (orderId: string) => shop.workflow.outcome(orderId);

test('the client hears VALID, and then RESERVED, of an order that is in stock', async () => {
  expect(await hears(lamps('in-stock', 2), 'COMPLETED')).toEqual(['VALID', 'RESERVED', 'COMPLETED']);
  expect(await stock()).toBe(STOCK - 2);
});

test('the client hears VALID, and then REFUNDED with the reason, of an order for more than there is', async () => {
  expect(await hears(lamps('sold-out', 11), 'REFUNDED')).toEqual(['VALID', 'OUT_OF_STOCK', 'REFUNDED']);
  expect(await client.hears('sold-out', 'REFUNDED')).toMatchObject({ reason: 'OUT_OF_STOCK: lamp: 11 wanted, 10 in stock' });
  expect(await stock()).toBe(STOCK);
});

test('an order that is not valid was paid all the same, and is refunded', async () => {
  const order = lamps('wrong-price', 2, { items: [{ productId: 'lamp', quantity: 2, price: 1 }], totalAmount: 2 });

  expect(await hears(order, 'REFUNDED')).toEqual(['INVALID', 'REFUNDED']);
});

test('an order that is none is never taken, so nothing is started, and whoever sent it gives the money back', async () => {
  const refused = JSON.parse(await client.ask({ action: 'submitOrder', order: lamps('wrong-total', 2, { totalAmount: 1 }) })) as JsonObject;

  expect(refused).toMatchObject({ type: 'error', code: 'bad-request', orderId: 'wrong-total', errors: [{ field: 'totalAmount' }] });
  expect(shop.cloud.executions.all()).toEqual([]);
  expect(await shop.workflow.order('wrong-total')).toBeUndefined();
});

test('of two clients that want the last lamps one gets them, and the other its money back', async () => {
  const other = await Socket.connect({ url: shop.cloud.outputs.FeedUrl });
  client.say({ action: 'submitOrder', order: lamps('one', 6) });
  other.say({ action: 'submitOrder', order: lamps('two', 6) });
  await Promise.all([client.hears('one', 'VALID'), other.hears('two', 'VALID')]);
  const ends = await Promise.all([ended('one'), ended('two')]);
  await Promise.all([client.hears('one', ends[0].status), other.hears('two', ends[1].status)]);

  expect(ends.map(({ status }) => status).sort()).toEqual(['COMPLETED', 'REFUNDED']);
  expect(await stock()).toBe(STOCK - 6);
  expect(client.statuses.join()).not.toContain('two');
  await other.close();
});

test('the status is written in one place, and everybody reads it there', async () => {
  await hears(lamps('one-status', 11), 'REFUNDED');
  const { path, order } = await ended('one-status');

  expect(order).toMatchObject({ status: 'REFUNDED' });
  expect(Object.keys(order!).filter((field) => /status/i.test(field))).toEqual(['status']);
  expect(path).toEqual(expect.arrayContaining(['ValidateOrder accepted?', 'ReserveInventory accepted?']));
});

test('an order that is out of stock is no error: nothing is retried, and nobody is alerted', async () => {
  await hears(lamps('no-error', 11), 'REFUNDED');
  const { execution } = await ended('no-error');
  const events = shop.workflow.history('no-error').events.map(({ type }) => type);

  expect(execution).toBe('SUCCEEDED');
  expect(events.filter((type) => /Failed|TimedOut|Retr/.test(type))).toEqual([]);
  expect(shop.workflow.sent.alerts).toEqual([]);
});

test('no step loses a field of the order, or wraps it', async () => {
  const sent = lamps('whole', 2);
  await hears(sent, 'COMPLETED');

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

  test('whose answer is lost is asked for again with the same key, by which the provider knows it', async () => {
    workflow.faults.state('Undo PrepaidPayment: refund').failsAfterEffect();

    expect(await workflow.process(lamps('lost', 11))).toMatchObject({ status: 'REFUNDED' });
    expect(refunds).toMatchObject([1, 2].map(() => ({ orderId: 'lost', amount: 329.89, currency: 'EUR', key: refunds[0].key })));
  });

  test('that fails for good leaves the order to a person, who is told', async () => {
    workflow.faults.state('Undo PrepaidPayment: refund').always().failsBeforeEffect();

    await workflow.submit(lamps('stuck', 11));
    await workflow.reaches('stuck', 'NEEDS_ATTENTION');

    expect(workflow.sent.alerts).toMatchObject([{ attributes: { kind: 'compensation-failed' }, body: { orderId: 'stuck', step: 'PrepaidPayment' } }]);
  });
});
