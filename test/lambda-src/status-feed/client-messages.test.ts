import fc from 'fast-check';
import { watchToken } from '../../../lambda-src/status-feed/watch-token';
import { AwsServices, BROKEN } from '../../support/aws-services';
import { Engine, startEngine } from '../../support/dynoxide';
import { FeedFixture } from '../../support/feed-fixture';
import { readLogs } from '../../support/logs';
import { refusedWith } from '../../support/request-faults';

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
  feed.shop.requests.sent.length = 0;
});
afterEach(() => jest.restoreAllMocks());

const CONTROL = '\u0000\u001b[2J\r\n';
const badRequests: Array<[string, string]> = [
  ['nothing', ''],
  ['no JSON', '{"action":'],
  ['words', 'subscribe to order-1'],
  ['null', 'null'],
  ['a number', '42'],
  ['a text', '"subscribe"'],
  ['a list', '[{"action":"subscribe"}]'],
  ['no action', '{"orderId":"order-1"}'],
  ['an action that is no text', '{"action":{"subscribe":true}}'],
  ['an action of its prototype', '{"__proto__":{"action":"subscribe","orderId":"order-1"}}'],
  ['no order', '{"action":"subscribe"}'],
  ['an order that is a number', '{"action":"subscribe","orderId":1}'],
  ['an order that is a list', '{"action":"unsubscribe","orderId":["order-1"]}'],
  ['an order without a name', '{"action":"subscribe","orderId":""}'],
  ['an order with a long name', JSON.stringify({ action: 'subscribe', orderId: 'x'.repeat(65) })],
  ['an order with control characters', JSON.stringify({ action: 'subscribe', orderId: `order-1${CONTROL}` })],
  ['a connection as an order', '{"action":"unsubscribe","orderId":"$connection/bob"}'],
];

describe('a message', () => {
  test.each(badRequests)('with %s is answered with an error that repeats nothing of it', async (_, body) => {
    const answer = JSON.stringify(await feed.sendMessage('ann', body));

    expect(JSON.parse(answer)).toEqual({ type: 'error', code: 'bad-request', message: expect.any(String) });
    expect(answer).not.toMatch(/order-1|\$connection|\\u0000|xxx/);
    expect(feed.shop.requests.sent).toEqual([]);
    expect(logs).toEqual([]);
  });

  test('with a token that is no text is answered with an error that names the order', async () => {
    expect(await feed.sendMessage('ann', { action: 'subscribe', orderId: 'order-1', watchToken: 7 })).toEqual({
      type: 'error', code: 'bad-request', message: 'watchToken is not text', orderId: 'order-1',
    });
  });

  test.each(['submitOrder', 'SUBSCRIBE', 'constructor', `ping${CONTROL}`, ''])('with the unknown action %j receives the known ones', async action => {
    expect(await feed.sendMessage('ann', { action, orderId: 'order-1' })).toEqual({
      type: 'error', code: 'unknown-action', message: 'unknown action: use subscribe, unsubscribe or ping, or submitOrder or cancelOrder where a WebSocket intake receives orders',
    });
  });

  test('may have so many bytes and no more, and is not read if it has', async () => {
    const sized = (bytes: number) => `{"action":"ping","é":"${'x'.repeat(bytes - 25)}"}`;
    expect(Buffer.byteLength(sized(4_096))).toBe(4_096);
    expect(await feed.sendMessage('ann', sized(4_096))).toEqual({ type: 'pong' });
    expect(await feed.sendMessage('ann', sized(4_097))).toEqual({
      type: 'error', code: 'message-too-large', message: 'the message is larger than 4096 bytes',
    });
    expect(await feed.sendMessage('ann', '['.repeat(100_000))).toMatchObject({ code: 'message-too-large' });
  });

  test('that is a ping is answered at once', async () => {
    expect(await feed.sendMessage('ann', { action: 'ping' })).toEqual({ type: 'pong' });
    expect(feed.shop.requests.sent).toEqual([]);
  });

  test('of any kind gets one of the known answers, and never an exception', async () => {
    const loose = fc.record({
      action: fc.oneof(fc.constantFrom('subscribe', 'unsubscribe', 'ping'), fc.jsonValue()),
      orderId: fc.oneof(fc.constantFrom('order-1', 'order-2'), fc.jsonValue()),
      watchToken: fc.oneof(fc.string(), fc.jsonValue()),
    }, { requiredKeys: [] });
    await fc.assert(fc.asyncProperty(fc.oneof(fc.string(), fc.json(), loose.map(message => JSON.stringify(message))), async body => {
      const { type } = await feed.sendMessage('ann', body);
      expect(['error', 'pong', 'unsubscribed']).toContain(type);
    }), { numRuns: 200 });
    expect(logs).toEqual([]);
    expect(await feed.connectionItems()).toHaveLength(1);
  });
});

describe('during an outage', () => {
  const unavailable = { type: 'error', code: 'unavailable', message: 'temporarily unavailable: retry after 2 s', orderId: 'order-1' };
  const secrets = () => [services.secret!, watchToken(services.secret!, 'order-1')];
  const shown = () => ({ action: 'subscribe', orderId: 'order-1', watchToken: watchToken(services.secret!, 'order-1') });

  test.each([
    ['a subscription', 'subscribe', 'GetItem'],
    ['a subscription', 'subscribe', 'TransactWriteItems'],
    ['the end of one', 'unsubscribe', 'TransactWriteItems'],
  ])('%s is answered without a word of what it is (%s, %s)', async (_, action, operation) => {
    await feed.shop.putOrder();
    feed.shop.requests.next(operation, refusedWith('InternalServerError'));

    expect(await feed.sendMessage('ann', { ...shown(), action })).toEqual(unavailable);

    expect(JSON.parse(logs[0])).toMatchObject({ what: `${action} failed`, orderId: 'order-1', connectionId: 'ann', error: 'ServiceUnavailable' });
  });

  test('a token cannot be checked, whether there is such an order or not, and no log holds a secret', async () => {
    services.fault = ({ operation }) => operation === 'GetSecretValue' ? BROKEN : undefined;
    await feed.connections.open('guest', undefined, feed.now);

    expect(await feed.sendMessage('guest', shown())).toEqual(unavailable);
    await feed.shop.putOrder();
    expect(await feed.sendMessage('guest', shown())).toEqual(unavailable);

    expect(logs).not.toEqual([]);
    for (const secret of secrets()) expect(logs.join()).not.toContain(secret);
    expect(logs.join()).not.toContain('    at ');
  });

  test('an order of one\'s own can be watched while the secret cannot be read', async () => {
    services.fault = ({ operation }) => operation === 'GetSecretValue' ? BROKEN : undefined;
    await feed.shop.putOrder();
    expect(await feed.sendMessage('ann', shown())).toMatchObject({ type: 'order.status' });
  });
});
