import { anOrder, FeedFixture } from './feed-fixture';
import { WebSocketClient } from './web-socket-client';

const LONG_AGO = new Date(Date.now() - 8 * 24 * 3_600_000).toISOString();

let shop: FeedFixture;
let customer: WebSocketClient;
let unauthorized: WebSocketClient;

beforeAll(async () => {
  shop = await FeedFixture.open();
  [customer, unauthorized] = await Promise.all([WebSocketClient.connect(shop), WebSocketClient.connect(shop)]);
});

afterAll(() => shop?.close());

test('a wrong, a missing and an expired token and a missing order get the same response, and receive nothing later', async () => {
  await shop.receive(anOrder('order-1'), anOrder('expired'));
  await shop.orders.seed({ orders: [{ ...(await shop.orders.order('expired'))!, createdAt: LONG_AGO }] });
  await customer.subscribe('order-1', shop.token('order-1'));

  const answers = await Promise.all([
    unauthorized.subscribe('order-1', shop.token('order-2')),
    unauthorized.subscribe('order-1', shop.token('order-1', 'another secret')),
    unauthorized.subscribe('order-1', `${shop.token('order-1')}x`),
    unauthorized.subscribe('order-1', ''),
    unauthorized.subscribe('order-1'),
    unauthorized.subscribe('expired', shop.token('expired')),
    unauthorized.subscribe('nowhere', shop.token('nowhere')),
  ]);
  const responses = unauthorized.received.map((text) => text.replace(/order-1|expired|nowhere/, '<order>'));

  expect(answers[0]).toEqual({ type: 'error', code: 'not-found', message: 'no such order, or the caller may not watch it', orderId: 'order-1' });
  expect(responses).toHaveLength(7);
  expect(new Set(responses).size).toBe(1);

  await Promise.all(['order-1', 'expired', 'nowhere'].map((orderId) => shop.orders.process(anOrder(orderId))));
  await customer.receives('order-1', 'COMPLETED');
  // Whatever was sent to the client before has arrived before the response to this.
  expect(await unauthorized.request({ action: 'ping' })).toBe('{"type":"pong"}');
  expect(unauthorized.statuses).toEqual([]);
});

describe('a malformed message', () => {
  const CASES: Array<[string, string | object, object]> = [
    ['text that is no JSON', 'no JSON {', { code: 'bad-request', message: 'the message is not a JSON object' }],
    ['a list', [1, 2], { code: 'bad-request', message: 'the message is not a JSON object' }],
    ['no action', { orderId: 'order-1' }, { code: 'bad-request' }],
    ['an action that is a number', { action: 7 }, { code: 'bad-request' }],
    ['an action that is not known', { action: '__proto__' }, { code: 'unknown-action' }],
    ['a route of ours', '{"action":"$disconnect"}', { code: 'unknown-action' }],
    ['no order', { action: 'subscribe' }, { code: 'bad-request' }],
    ['an order id with a line break', { action: 'subscribe', orderId: 'order-1\nERROR' }, { code: 'bad-request' }],
    ['an order id with a control character', { action: 'unsubscribe', orderId: 'order\u00001' }, { code: 'bad-request' }],
    ['an order id that is our own item', { action: 'subscribe', orderId: '$connection/x' }, { code: 'bad-request' }],
    ['a token that is no text', { action: 'subscribe', orderId: 'order-1', watchToken: { a: 1 } }, { code: 'bad-request' }],
    ['a message over the limit', { action: 'subscribe', orderId: 'order-1', watchToken: 'x'.repeat(5_000) }, { code: 'message-too-large' }],
  ];

  test.each(CASES)('%s is reported to its sender, without internals of the feed', async (_what, message, error) => {
    const heardBefore = customer.received.length;

    const answer = await unauthorized.request(message);

    expect(JSON.parse(answer)).toMatchObject({ type: 'error', ...error });
    expect(answer).not.toMatch(/\bat .*:\d+|Error:|node_modules|Internal server error|ERROR/);
    expect(customer.received).toHaveLength(heardBefore);
  });

  test('leaves no token, secret or stack trace in a log', () => {
    expect(shop.logs.join('\n')).not.toContain(shop.secret);
    expect(shop.logs.join('\n')).not.toContain(shop.token('order-1'));
    expect(shop.logs.join('\n')).not.toMatch(/^\s+at /m);
  });
});

test('a thousand subscriptions are answered, a hundred of them with a place, and others are served meanwhile', async () => {
  const greedy = await WebSocketClient.connect(shop);
  const ids = Array.from({ length: 1_000 }, (_, index) => `many-${index}`);
  await shop.receive(...ids.slice(0, 150).map((orderId) => anOrder(orderId)), anOrder('meanwhile'));

  const answers = Promise.all(ids.map((orderId) => greedy.subscribe(orderId, shop.token(orderId))));
  await customer.subscribe('meanwhile', shop.token('meanwhile'));
  await shop.orders.process(anOrder('meanwhile'));
  await customer.receives('meanwhile', 'COMPLETED');
  const codes = (await answers).map(({ type, code }) => code ?? type);

  const count = (code: string) => codes.filter((one) => one === code).length;
  expect({ status: count('order.status'), full: count('too-many-subscriptions'), none: count('not-found') })
    .toEqual({ status: 100, full: 50, none: 850 });
});

test('a frame over 32 KB closes its connection with 1009, and no other', async () => {
  const loud = await WebSocketClient.connect(shop);
  loud.send(JSON.stringify({ action: 'ping' }).padEnd(32 * 1024 + 1));

  expect(await loud.closed).toBe(1009);
  expect(await customer.request({ action: 'ping' })).toBe('{"type":"pong"}');
});
