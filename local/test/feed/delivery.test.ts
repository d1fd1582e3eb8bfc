import { OrderFeed } from 'cdk-order-workflow-client';
import { anOrder, FeedFixture } from './feed-fixture';
import { WebSocketClient } from './web-socket-client';
import { failsFor, subscriptions } from './subscriptions';

const PUBLISHER = 'StatusPublisherFunction';
const BROWSERS = 1_000;
const ORDERS = 200;

let shop: FeedFixture;

beforeAll(async () => {
  shop = await FeedFixture.open();
});

afterEach(() => shop.orders.faults.clear());
afterAll(() => shop?.close());

test.each([
  ['delivered twice', () => shop.orders.faults.call('lambda:Invoke', { resource: PUBLISHER }).always().happensTwice()],
  ['delivered again, because the answer was lost', () =>
    shop.orders.faults.call('lambda:Invoke', { resource: PUBLISHER }).times(3).failsAfterEffect('Lost')],
  ['delivered again and split in two, while others go on', () =>
    shop.orders.faults.call('lambda:Invoke', { resource: PUBLISHER }).after(4).times(6).failsAfterEffect('Lost')],
])('whatever is %s, a watch is called with rising versions up to the final one, and once for each', async (what, inject) => {
  const fault = inject();
  const feed = new OrderFeed({ url: shop.url });
  const ids = Array.from({ length: 20 }, (_, index) => `${what.replace(/\W+/g, '-')}-${index}`);
  await shop.receive(...ids.map((orderId) => anOrder(orderId)));
  const versions = new Map<string, number[]>(ids.map((orderId) => [orderId, []]));
  const watches = ids.map((orderId) =>
    feed.watch(orderId, { token: shop.token(orderId), onStatus: ({ version }) => versions.get(orderId)!.push(version) }));
  await Promise.all(watches.map((watch) => watch.until('RECEIVED')));

  await Promise.all(ids.map((orderId) => shop.orders.submit(anOrder(orderId))));
  await Promise.all(watches.map((watch) => watch.until('COMPLETED')));

  expect(fault.hits).toBeGreaterThan(2);
  for (const seen of versions.values()) {
    expect(seen).toEqual([...new Set(seen)].sort());
    expect(seen[seen.length - 1]).toBe(4);
  }
  feed.close();
});

test(`${BROWSERS} browsers that watch ${ORDERS} orders receive their own and no others`, async () => {
  const ids = Array.from({ length: ORDERS }, (_, index) => `crowd-${index}`);
  await shop.receive(...ids.map((orderId) => anOrder(orderId)));
  const browsers = await Promise.all(Array.from({ length: BROWSERS }, async (_, index) => {
    const socket = await WebSocketClient.connect(shop);
    const orderId = ids[index % ORDERS];
    await socket.subscribe(orderId, shop.token(orderId));
    return { socket, orderId };
  }));

  await Promise.all(ids.map((orderId) => shop.orders.process(anOrder(orderId))));
  await Promise.all(browsers.map(({ socket, orderId }) => socket.receives(orderId, 'COMPLETED')));

  for (const { socket, orderId } of browsers) {
    // The first may come twice: in the answer, and when the row was written just before.
    expect([...new Set(socket.statuses)]).toEqual(['RECEIVED', 'VALID', 'CREATED', 'COMPLETED'].map((status) => `${orderId} ${status}`));
  }
  await Promise.all(browsers.map(({ socket }) => socket.close()));
}, 60_000);

test('a connection that closed without $disconnect is removed by the next send, with its other subscriptions', async () => {
  await shop.receive(anOrder('left'), anOrder('left-too'));
  const lost = await WebSocketClient.connect(shop);
  await lost.subscribe('left', shop.token('left'));
  await lost.subscribe('left-too', shop.token('left-too'));
  shop.orders.faults.call('lambda:Invoke', { resource: 'MessagesFunction' }).failsBeforeEffect();
  await lost.close();
  expect(await subscriptions(shop, 'left', 'left-too')).toHaveLength(2);

  const published = new Promise<void>((resolve) => shop.cloud.calls.observe(({ service, operation, input }) => {
    if (service === 'lambda' && operation === 'Invoke' && String(input.Payload).includes('COMPLETED')) resolve();
  }));
  await shop.orders.process(anOrder('left'));
  await published;

  expect(await subscriptions(shop, 'left', 'left-too')).toEqual([]);
});

test('a 5xx of one connection delays and repeats nothing for others, goes to the dead-letter queue, and is delivered by the redrive', async () => {
  const queue = shop.resource('AWS::SQS::Queue', 'Undelivered');
  await shop.receive(anOrder('broken'), anOrder('whole'));
  const [unlucky, lucky, other] = await Promise.all([WebSocketClient.connect(shop), WebSocketClient.connect(shop), WebSocketClient.connect(shop)]);
  await unlucky.subscribe('broken', shop.token('broken'));
  const [connectionId] = await subscriptions(shop, 'broken');
  await lucky.subscribe('broken', shop.token('broken'));
  await other.subscribe('whole', shop.token('whole'));
  const undelivered = new Promise<void>((resolve) => shop.cloud.calls.observe(({ service }) => {
    if (service === 'sqs' && shop.cloud.queue(queue).length === 3) resolve();
  }));
  const recover = failsFor(shop, connectionId);

  await Promise.all(['broken', 'whole'].map((orderId) => shop.orders.process(anOrder(orderId))));
  await Promise.all([lucky.receives('broken', 'COMPLETED'), other.receives('whole', 'COMPLETED')]);
  expect(unlucky.statuses).toEqual(['broken RECEIVED']);
  await undelivered;

  expect(shop.cloud.queue(queue).map((body) => JSON.parse(body))).toEqual([2, 3, 4].map((version) => ({ orderId: 'broken', version, connectionId })));
  expect(lucky.statuses).toEqual(['RECEIVED', 'VALID', 'CREATED', 'COMPLETED'].map((status) => `broken ${status}`));
  expect(other.statuses).toEqual(['RECEIVED', 'VALID', 'CREATED', 'COMPLETED'].map((status) => `whole ${status}`));

  recover();
  expect(await shop.invoke('RedriveFunction', { max: 10 })).toEqual({ delivered: 3, gone: 0, failed: 0 });
  expect(new Set(unlucky.statuses.slice(1))).toEqual(new Set(['broken COMPLETED']));
  expect(shop.cloud.queue(queue)).toEqual([]);
  expect(lucky.statuses).toHaveLength(4);
});
