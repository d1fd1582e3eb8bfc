import { connectionKey } from '../../../lambda-src/status-feed/connections';
import { watchToken } from '../../../lambda-src/status-feed/watch-token';
import { AwsServices } from '../../support/aws-services';
import { Engine, startEngine } from '../../support/dynoxide';
import { FeedFixture } from '../../support/feed-fixture';
import { readLogs } from '../../support/logs';
import { after, answers, arrives, cancelledFor } from '../../support/request-faults';
import { AT, LATER } from '../../support/shop-fixture';

let engine: Engine;
let services: AwsServices;
let feed: FeedFixture;
let logs: string[];
beforeAll(async () => { [engine, services] = await Promise.all([startEngine(), AwsServices.start()]); });
afterAll(async () => Promise.all([engine.stop(), services.stop()]));
beforeEach(async () => {
  feed = await FeedFixture.open(engine, services);
  logs = readLogs();
  await feed.connections.open('ann', 'user-1', feed.now);
  await feed.connections.open('guest', undefined, feed.now);
});
afterEach(() => jest.restoreAllMocks());

const token = (orderId: string, secret = services.secret!) => watchToken(secret, orderId);
const subscribe = (orderId: string, given?: string) => ({ action: 'subscribe', orderId, watchToken: given });
const places = async (connectionId: string) => (await feed.connections.find(connectionId))!.subscriptions;
const subscriptionsOf = async (connectionId: string) =>
  (await feed.connectionItems()).filter(item => item.connectionId === connectionId && !item.orderId.startsWith('$'));

describe('a client that subscribes', () => {
  test('to its own order receives its status', async () => {
    await feed.shop.putOrder({ status: 'PAYMENT_DECLINED', version: 4, reason: 'no money', updatedAt: LATER });

    expect(await feed.sendMessage('ann', subscribe('order-1'))).toEqual({
      type: 'order.status', orderId: 'order-1', status: 'PAYMENT_DECLINED', version: 4, at: AT, reason: 'no money',
    });

    expect(await subscriptionsOf('ann')).toEqual([
      { orderId: 'order-1', connectionId: 'ann', principal: 'user-1', expiresAt: Math.floor(feed.now / 1_000) + 8_100 },
    ]);
  });

  test('with the token of an order receives its status, until the token expires', async () => {
    await feed.shop.putOrder();

    expect(await feed.sendMessage('guest', subscribe('order-1', token('order-1')))).toMatchObject({ type: 'order.status', version: 2 });

    expect(await subscriptionsOf('guest')).toEqual([
      { orderId: 'order-1', connectionId: 'guest', expiresAt: Date.parse(AT) / 1_000 + 3_600 },
    ]);
  });

  test('with a token that outlives the connection watches as long as the connection lasts', async () => {
    await feed.shop.putOrder();
    await feed.sendMessage('guest', subscribe('order-1', token('order-1')), { tokenValiditySeconds: 7 * 86_400 });
    expect((await subscriptionsOf('guest'))[0].expiresAt).toBe(Math.floor(feed.now / 1_000) + 8_100);
  });

  test('writes the subscription first, and then reads the order, and all its reads are consistent', async () => {
    await feed.shop.putOrder();

    await feed.sendMessage('ann', subscribe('order-1'));

    const { sent, inputs } = feed.shop.requests;
    const mine = sent.slice(sent.indexOf('GetItem'));
    expect(mine).toEqual(['GetItem', 'GetItem', 'TransactWriteItems', 'GetItem']);
    expect(inputs[sent.length - 1]).toMatchObject({ TableName: feed.shop.ordersTable, ConsistentRead: true });
    expect(inputs.filter((_, index) => sent[index] === 'GetItem').every(({ ConsistentRead }) => ConsistentRead === true)).toBe(true);
  });

  test('receives not-found if the order is deleted meanwhile', async () => {
    await feed.shop.putOrder();
    feed.shop.requests.next('GetItem', arrives, arrives, answers(200, {}));
    expect(await feed.sendMessage('ann', subscribe('order-1'))).toMatchObject({ type: 'error', code: 'not-found' });
  });
});

describe('a change of status that races with a subscription', () => {
  const POINTS = ['before everything', 'before the subscription is written', 'before the order is read', 'after everything'];
  const races = POINTS.flatMap((write, from) => POINTS.slice(from).map((publish, to) => [write, publish, from, from + to] as const));

  /** What happens at each point of the subscription. */
  async function race(events: Array<() => Promise<unknown>>): Promise<number[]> {
    const [first, second, third, last] = events;
    await first();
    const { requests } = feed.shop;
    requests.next('TransactWriteItems', after(second));
    requests.next('GetItem', arrives, arrives, after(third));
    const snapshot = await feed.sendMessage('ann', subscribe('order-1'));
    await last();
    return [...services.messagesTo('ann'), snapshot].map(message => (message as { version: number }).version);
  }

  test.each(races)('is seen if it is written %s and published %s', async (_, __, write, publish) => {
    await feed.shop.putOrder({ status: 'PAID', version: 4 });
    const events = POINTS.map((___, point) => async () => {
      if (point === write) await feed.shop.alterOrder('order-1', { status: 'COMPLETED', version: 5 });
      if (point === publish) {
        await feed.publish([feed.record(await feed.shop.row(), { orderId: 'order-1', status: 'PAID', version: 4 })]);
      }
    });

    const heard = await race(events);

    expect(Math.max(...heard)).toBe(5);
  });
});

describe('an order that may not be watched', () => {
  const notFound = (orderId: string) => JSON.stringify({
    type: 'error', code: 'not-found', message: 'no such order, or the caller may not watch it', orderId,
  });
  const cases: Array<[string, string, () => string | undefined, number?]> = [
    ['that is another user\'s', 'ann', () => undefined],
    ['whose token is wrong', 'guest', () => token('order-1', 'another secret')],
    ['whose token is another order\'s', 'guest', () => token('order-2')],
    ['whose token is cut short', 'guest', () => token('order-1').slice(1)],
    ['whose token is long', 'guest', () => token('order-1').repeat(50)],
    ['whose token is empty', 'guest', () => ''],
    ['whose token is missing', 'guest', () => undefined],
    ['whose token has expired', 'guest', () => token('order-1'), 3_600_000],
  ];

  test.each(cases)('%s gets the answer of one that does not exist, by the same way', async (_, connectionId, given, later = 0) => {
    feed.now = Date.parse(AT) + later;
    const { requests } = feed.shop;
    const start = requests.sent.length;
    const absent = await feed.sendMessage(connectionId, subscribe('order-1', given()));
    const way = requests.sent.slice(start);
    expect(JSON.stringify(absent)).toBe(notFound('order-1'));
    await feed.shop.putOrder({ userId: 'user-2' });
    const secretsRead = services.count('GetSecretValue');

    const answer = await feed.sendMessage(connectionId, subscribe('order-1', given()));

    expect(JSON.stringify(answer)).toBe(notFound('order-1'));
    expect(requests.sent.slice(start + way.length)).toEqual(way);
    expect(way).toEqual(['GetItem', 'GetItem']);
    expect([secretsRead, services.count('GetSecretValue')]).toEqual([1, 1]);
    await feed.publish([feed.record(await feed.shop.row(), { orderId: 'order-1', status: 'RECEIVED', version: 1 })]);
    expect(services.posted).toEqual([]);
    expect(await subscriptionsOf(connectionId)).toEqual([]);
    expect(await places(connectionId)).toBe(0);
  });

  test('is any order for a guest, where only an authorizer decides who may watch', async () => {
    await feed.shop.putOrder();
    const answer = await feed.sendMessage('guest', subscribe('order-1', token('order-1')), { watchSecret: undefined });
    expect(JSON.stringify(answer)).toBe(notFound('order-1'));
    expect(services.count('GetSecretValue')).toBe(0);
  });

  test('is one without a user, for a connection without a principal', async () => {
    await feed.shop.putOrder();
    await feed.shop.alterOrder('order-1', { userId: undefined });
    expect(JSON.stringify(await feed.sendMessage('guest', subscribe('order-1'), { watchSecret: undefined }))).toBe(notFound('order-1'));
  });

  test('is one without a creation time, since its token does not expire', async () => {
    await feed.shop.putOrder();
    await feed.shop.alterOrder('order-1', { createdAt: undefined });
    expect(JSON.stringify(await feed.sendMessage('guest', subscribe('order-1', token('order-1'))))).toBe(notFound('order-1'));
  });

  test('is watched to the last moment of its token', async () => {
    await feed.shop.putOrder();
    feed.now = Date.parse(AT) + 3_599_999;
    expect(await feed.sendMessage('guest', subscribe('order-1', token('order-1')))).toMatchObject({ type: 'order.status' });
  });
});

describe('a connection', () => {
  const orders = (count: number) => Array.from({ length: count }, (_, index) => `order-${index + 1}`);
  beforeEach(async () => { await Promise.all(orders(7).map(async orderId => feed.shop.putOrder({ orderId }))); });
  const outcomes = (given: Array<{ type: string; code?: string }>) => given.map(({ type, code }) => code ?? type);

  test('may watch so many orders and no more, however many it requests at once', async () => {
    const asked = Array.from({ length: 1_000 }, (_, index) => orders(7)[index % 7]);
    const heard: string[] = [];

    for (let from = 0; from < asked.length; from += 20) {
      heard.push(...outcomes(await Promise.all(asked.slice(from, from + 20).map(async orderId => feed.sendMessage('ann', subscribe(orderId))))));
    }

    const watched = await subscriptionsOf('ann');
    expect(watched).toHaveLength(5);
    expect(await places('ann')).toBe(5);
    expect(new Set(heard)).toEqual(new Set(['order.status', 'too-many-subscriptions']));
    const perOrder = asked.filter(orderId => watched.some(item => item.orderId === orderId)).length;
    expect(heard.filter(outcome => outcome === 'order.status')).toHaveLength(perOrder);
  }, 60_000);

  test('receives the limit in the error, and can subscribe again to what it watches', async () => {
    for (const orderId of orders(5)) await feed.sendMessage('ann', subscribe(orderId));

    expect(await feed.sendMessage('ann', subscribe('order-6'))).toEqual({
      type: 'error',
      code: 'too-many-subscriptions',
      message: 'a connection may watch 5 orders: unsubscribe from one first',
      orderId: 'order-6',
    });
    expect(await feed.sendMessage('ann', subscribe('order-3'))).toMatchObject({ type: 'order.status', orderId: 'order-3' });
    expect(await places('ann')).toBe(5);
  });

  test('that subscribes twice to an order is counted once, and notified once', async () => {
    await feed.sendMessage('ann', subscribe('order-1'));
    await feed.sendMessage('ann', subscribe('order-1'));

    expect(await places('ann')).toBe(1);
    await feed.publish(feed.records({}, 'RECEIVED'));
    expect(services.posted).toHaveLength(1);
  });

  test('that unsubscribes receives nothing more, and can watch another order', async () => {
    for (const orderId of orders(5)) await feed.sendMessage('ann', subscribe(orderId));

    expect(await feed.sendMessage('ann', { action: 'unsubscribe', orderId: 'order-1' })).toEqual({ type: 'unsubscribed', orderId: 'order-1' });

    expect(await places('ann')).toBe(4);
    await feed.publish(feed.records({}, 'RECEIVED'));
    expect(services.posted).toEqual([]);
    expect(await feed.sendMessage('ann', subscribe('order-6'))).toMatchObject({ type: 'order.status' });
  });

  test('that unsubscribes twice gets one place back', async () => {
    await feed.sendMessage('ann', subscribe('order-1'));
    await feed.sendMessage('ann', subscribe('order-2'));
    for (let times = 0; times < 2; times++) {
      expect(await feed.sendMessage('ann', { action: 'unsubscribe', orderId: 'order-1' })).toMatchObject({ type: 'unsubscribed' });
    }
    expect(await places('ann')).toBe(1);
  });

  test('that unsubscribes from what it never watched receives the same response', async () => {
    expect(await feed.sendMessage('ann', { action: 'unsubscribe', orderId: 'order-9' })).toEqual({ type: 'unsubscribed', orderId: 'order-9' });
    expect(await places('ann')).toBe(0);
  });

  test('that is unknown cannot subscribe', async () => {
    expect(await feed.sendMessage('unknown', subscribe('order-1'))).toEqual({
      type: 'error', code: 'unavailable', message: 'unknown connection: connect again', orderId: 'order-1',
    });
  });

  test('that ends meanwhile leaves no subscription behind', async () => {
    feed.shop.requests.next('TransactWriteItems', after(async () => feed.connections.forget('ann')));

    expect(await feed.sendMessage('ann', subscribe('order-1'))).toMatchObject({ type: 'error', code: 'unavailable' });

    expect(await subscriptionsOf('ann')).toEqual([]);
  });

  test('that ended leaves no item behind when a late subscription of it is removed', async () => {
    await feed.sendMessage('ann', subscribe('order-1'));
    await feed.shop.database.deleteAll(feed.connectionsTable, [connectionKey('ann')]);

    expect(await feed.sendMessage('ann', { action: 'unsubscribe', orderId: 'order-1' })).toMatchObject({ type: 'unsubscribed' });

    expect((await feed.connectionItems()).filter(item => item.connectionId === 'ann')).toEqual([]);
  });

  test('that ended keeps no subscription when that is given up', async () => {
    await feed.sendMessage('ann', subscribe('order-1'));
    feed.shop.requests.next('TransactWriteItems', cancelledFor('None', 'ConditionalCheckFailed'));

    await feed.sendMessage('ann', { action: 'unsubscribe', orderId: 'order-1' });

    expect(await subscriptionsOf('ann')).toEqual([]);
    expect(logs).toEqual([]);
  });
});
