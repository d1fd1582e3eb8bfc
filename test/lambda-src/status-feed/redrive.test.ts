import { parseRedriveRequest } from '../../../lambda-src/status-feed/redrive-undelivered';
import { AwsServices, BROKEN, Call, GONE } from '../../support/aws-services';
import { Engine, startEngine } from '../../support/dynoxide';
import { FeedFixture, QUEUE_URL } from '../../support/feed-fixture';
import { readLogs } from '../../support/logs';
import { refusedWith } from '../../support/request-faults';
import { AT } from '../../support/shop-fixture';

let engine: Engine;
let services: AwsServices;
let feed: FeedFixture;
let logs: string[];
beforeAll(async () => { [engine, services] = await Promise.all([startEngine(), AwsServices.start()]); });
afterAll(async () => Promise.all([engine.stop(), services.stop()]));
beforeEach(async () => {
  feed = await FeedFixture.open(engine, services);
  logs = readLogs();
  await feed.shop.putOrder({ status: 'COMPLETED', version: 6 });
});
afterEach(() => jest.restoreAllMocks());

const undelivered = (connectionId: string, version = 2) => JSON.stringify({ orderId: 'order-1', version, connectionId });
const posts = (refusal: typeof BROKEN) => ({ operation }: Call) => operation === 'PostToConnection' ? refusal : undefined;

describe('an undelivered message', () => {
  test('is delivered with the status that the order has now', async () => {
    await feed.subscribe('order-1', 'ann');
    services.fault = posts(BROKEN);
    await feed.publish(feed.records({}, 'RECEIVED', 'VALID'));
    services.fault = () => undefined;

    expect(await feed.redrive()).toEqual({ delivered: 2, gone: 0, failed: 0 });

    const now = { type: 'order.status', orderId: 'order-1', status: 'COMPLETED', version: 6, at: AT };
    expect(services.messagesTo('ann')).toEqual([now, now]);
    expect(services.queued).toEqual([]);
    expect(services.calls.filter(({ operation }) => operation === 'ReceiveMessage').every(({ input }) => input.QueueUrl === QUEUE_URL)).toBe(true);
  });

  test('reads order and subscription consistently', async () => {
    await feed.subscribe('order-1', 'ann');
    services.enqueue(undelivered('ann'));
    const start = feed.shop.requests.sent.length;

    await feed.redrive();

    expect(feed.shop.requests.sent.slice(start)).toEqual(['GetItem', 'GetItem']);
    expect(feed.shop.requests.inputs.slice(start).map(({ ConsistentRead }) => ConsistentRead)).toEqual([true, true]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['the connection has ended', async () => feed.connections.forget('ann')],
    ['the connection no longer watches the order', async () => feed.subscriptions.remove('order-1', 'ann')],
    ['the subscription has expired', async () => { feed.now += 9_000_000; }],
    ['the order has become another user\'s', async () => feed.shop.alterOrder('order-1', { userId: 'user-2' })],
  ])('is dropped if %s', async (_, happens) => {
    await feed.subscribe('order-1', 'ann');
    services.enqueue(undelivered('ann'));
    await happens();

    expect(await feed.redrive()).toEqual({ delivered: 0, gone: 1, failed: 0 });

    expect([services.posted, services.queued]).toEqual([[], []]);
  });

  test('is dropped if there is no such order', async () => {
    await feed.subscribe('order-9', 'ann');
    services.enqueue(JSON.stringify({ orderId: 'order-9', version: 1, connectionId: 'ann' }));
    expect(await feed.redrive()).toEqual({ delivered: 0, gone: 1, failed: 0 });
  });

  test('is dropped, and the connection forgotten, if the connection turns out to have ended', async () => {
    await feed.subscribe('order-1', 'ann');
    services.enqueue(undelivered('ann'));
    services.fault = posts(GONE);

    expect(await feed.redrive()).toEqual({ delivered: 0, gone: 1, failed: 0 });

    expect([services.queued, await feed.connectionItems()]).toEqual([[], []]);
  });

  test.each<[string, () => void]>([
    ['the connection still fails', () => { services.fault = posts(BROKEN); }],
    ['the order cannot be read', () => feed.shop.requests.next('GetItem', refusedWith('InternalServerError'))],
    ['it cannot be deleted from the queue', () => { services.fault = ({ operation }) => operation === 'DeleteMessage' ? BROKEN : undefined; }],
  ])('stays on the queue if %s', async (_, happens) => {
    await feed.subscribe('order-1', 'ann');
    services.enqueue(undelivered('ann'));
    happens();

    expect(await feed.redrive()).toEqual({ delivered: 0, gone: 0, failed: 1 });

    expect(services.queued).toEqual([{ orderId: 'order-1', version: 2, connectionId: 'ann' }]);
    expect(logs[0]).toContain('an undelivered message was not redriven');
  });

  test.each(['nonsense', 'null', '{"orderId":"order 1","connectionId":"ann"}', '{"orderId":"order-1"}'])('that is invalid (%s) stays, and others are delivered', async body => {
    await feed.subscribe('order-1', 'ann');
    services.enqueue(body, undelivered('ann'));

    expect(await feed.redrive()).toEqual({ delivered: 1, gone: 0, failed: 1 });

    expect(logs[0]).toContain('inspect it there');
    expect(services.count('DeleteMessage')).toBe(1);
  });
});

describe('a redrive', () => {
  beforeEach(async () => feed.subscribe('order-1', 'ann'));
  const asked = () => services.calls.filter(({ operation }) => operation === 'ReceiveMessage').map(({ input }) => input.MaxNumberOfMessages);

  test('goes on until the queue is empty, ten at a time', async () => {
    services.enqueue(...Array(23).fill(undelivered('ann')));
    expect(await feed.redrive()).toEqual({ delivered: 23, gone: 0, failed: 0 });
    expect(asked()).toEqual([10, 10, 10, 10]);
  });

  test('redrives as many as requested', async () => {
    services.enqueue(...Array(23).fill(undelivered('ann')));
    expect(await feed.redrive(13)).toEqual({ delivered: 13, gone: 0, failed: 0 });
    expect(asked()).toEqual([10, 3]);
    expect(services.queued).toHaveLength(10);
  });

  test('begins no further round that its time may not suffice for', async () => {
    services.enqueue(...Array(23).fill(undelivered('ann')));
    services.onPost = () => { feed.now += 4_600; };
    expect(await feed.redrive()).toEqual({ delivered: 10, gone: 0, failed: 0 });
  });

  test.each([[undefined, 100], [{}, 100], [{ max: 1 }, 1], [{ max: 10_000 }, 10_000]])('requested with %j redrives up to %p', (event, max) => {
    expect(parseRedriveRequest(event)).toBe(max);
  });

  test.each([0, -1, 1.5, '10', null, 10_001])('refuses to take %j', max => {
    expect(() => parseRedriveRequest({ max })).toThrow('max is not a whole number from 1 to 10000');
  });
});
