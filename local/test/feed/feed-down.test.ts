import { anOrder, FeedFixture } from './feed-fixture';
import { WebSocketClient } from './web-socket-client';
import { FaultPlan, OrderOutcome } from '../../src';

let shop: FeedFixture;
let customer: WebSocketClient;
let whenWell: OrderOutcome;

beforeAll(async () => {
  shop = await FeedFixture.open();
  customer = await WebSocketClient.connect(shop);
  whenWell = await shop.orders.process(anOrder('when-all-is-well'));
});

afterEach(() => shop.orders.faults.clear());
afterAll(() => shop?.close());

const DOWN: Array<[string, (shop: FeedFixture) => FaultPlan[]]> = [
  ['the table of the connections', ({ orders }) => [orders.faults.call('dynamodb', { resource: 'Connections' })]],
  ['API Gateway', ({ orders }) => [orders.faults.call('execute-api')]],
  ['the bus', ({ orders }) => [orders.faults.call('events')]],
  ['the publisher', ({ orders }) => [orders.faults.call('lambda:Invoke', { resource: 'StatusPublisher' })]],
  ['everything of the feed', ({ orders }) => [
    orders.faults.call('dynamodb', { resource: 'Connections' }), orders.faults.call('execute-api'), orders.faults.call('events'),
    orders.faults.call('sqs'), orders.faults.call('lambda:Invoke', { resource: 'StatusPublisher' }),
  ]],
];

test.each(DOWN)('an order ends as usual, on the same path, while %s is down', async (what, parts) => {
  const orderId = what.replaceAll(' ', '-');
  await shop.receive(anOrder(orderId));
  await customer.subscribe(orderId, shop.token(orderId));
  const faults = parts(shop).map((plan) => plan.always().failsBeforeEffect());
  const isHit = new Promise<void>((resolve) => shop.cloud.calls.interceptWith(async (call, perform) => {
    try {
      return await shop.cloud.faults.intercept(call, perform);
    } finally {
      if (faults.some(({ hits }) => hits > 0)) resolve();
    }
  }));

  const outcome = await shop.orders.process(anOrder(orderId));
  await isHit;

  expect(outcome).toMatchObject({ status: 'COMPLETED', execution: 'SUCCEEDED', path: whenWell.path });
  expect(outcome.order?.version).toBe(4);
  expect(shop.orders.sent.alerts).toEqual([]);
});

test('a subscription that could not be written gets an error, and the log names the order and no secret', async () => {
  await shop.receive(anOrder('later'));
  shop.orders.faults.call('dynamodb:TransactWriteItems', { caller: 'MessagesFunction' }).always().failsBeforeEffect();

  expect(await customer.subscribe('later', shop.token('later'))).toEqual({
    type: 'error', code: 'unavailable', message: 'temporarily unavailable: retry after 2 s', orderId: 'later',
  });

  const logged = shop.logs.join('\n');
  expect(logged).toContain('subscribe failed');
  expect(logged).toContain('later');
  expect(logged).not.toContain(shop.secret);
  expect(logged).not.toContain(shop.token('later'));
});
