import type { OrderRow } from '../../../lambda-src/order/order';
import { AwsServices, BROKEN, Call, GONE, THROTTLED } from '../../support/aws-services';
import { Engine, startEngine } from '../../support/dynoxide';
import { FeedFixture, NOW, timeOf } from '../../support/feed-fixture';
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
});
afterEach(() => jest.restoreAllMocks());

const versionsTo = (connectionId: string) => services.messagesTo(connectionId).map(({ version }) => version);
const sequence = (record: { dynamodb?: { SequenceNumber?: string } }) => record.dynamodb!.SequenceNumber;
const refusing = (connectionId: string, refusal = BROKEN) => ({ operation, input }: Call) =>
  operation === 'PostToConnection' && input.connectionId === connectionId ? refusal : undefined;

describe('a change of status', () => {
  test('is sent to every watcher of the order, and to no other connection', async () => {
    await feed.subscribe('order-1', 'ann', 'bob');
    await feed.subscribe('order-2', 'eve');

    await feed.publish(feed.records({ reason: 'the card was declined' }, 'PAYMENT_DECLINED'));

    const message = {
      type: 'order.status', orderId: 'order-1', status: 'PAYMENT_DECLINED', version: 1, at: timeOf(1), reason: 'the card was declined',
    };
    expect(services.messagesTo('ann')).toEqual([message]);
    expect(services.messagesTo('bob')).toEqual([message]);
    expect(services.messagesTo('eve')).toEqual([]);
    expect(feed.details).toHaveLength(1);
  });

  test('is sent in order, and each once', async () => {
    await feed.subscribe('order-1', 'ann', 'bob');

    await feed.publish(feed.records({}, 'RECEIVED', 'VALID', 'RESERVED', 'PAID', 'COMPLETED'));

    expect(versionsTo('ann')).toEqual([1, 2, 3, 4, 5]);
    expect(versionsTo('bob')).toEqual([1, 2, 3, 4, 5]);
  });

  test('finds its watchers with a read that is consistent', async () => {
    await feed.publish(feed.records({}, 'RECEIVED'));

    expect(feed.shop.requests.sent).toEqual(['Query']);
    expect(feed.shop.requests.inputs[0]).toMatchObject({ TableName: feed.connectionsTable, ConsistentRead: true });
    expect(feed.shop.requests.inputs[0]).not.toHaveProperty('IndexName');
  });

  test('reads the watchers of an order once for a batch, after its last change', async () => {
    await feed.publish([...feed.records({}, 'RECEIVED', 'VALID', 'RESERVED'), ...feed.records({ orderId: 'order-2' }, 'RECEIVED')]);
    expect(feed.shop.requests.sent).toEqual(['Query', 'Query']);
  });

  test('reaches all watchers, on however many pages they stand', async () => {
    const watchers = ['w1', 'w2', 'w3', 'w4', 'w5', 'w6'];
    await feed.subscribe('order-1', ...watchers);
    // DynamoDB ends a page at 1 MB.
    await Promise.all(watchers.map(async connectionId => feed.shop.database.change(
      feed.connectionsTable, { orderId: 'order-1', connectionId }, {
        UpdateExpression: 'SET #padding = :padding',
        ConditionExpression: 'attribute_exists(#orderId)',
        ExpressionAttributeNames: { '#padding': 'padding', '#orderId': 'orderId' },
        ExpressionAttributeValues: { ':padding': 'x'.repeat(390_000) },
      })));

    await feed.publish(feed.records({}, 'RECEIVED'));

    expect(feed.shop.requests.count('Query')).toBeGreaterThan(1);
    expect(services.posted.map(({ connectionId }) => connectionId).sort()).toEqual(watchers);
  });

  test('reaches 200 watchers, each once', async () => {
    const watchers = Array.from({ length: 200 }, (_, index) => `watcher-${index}`);
    for (let from = 0; from < watchers.length; from += 20) await feed.subscribe('order-1', ...watchers.slice(from, from + 20));

    await feed.publish(feed.records({}, 'RECEIVED'));

    expect(new Set(services.posted.map(({ connectionId }) => connectionId)).size).toBe(200);
    expect(services.posted).toHaveLength(200);
  });
});

describe('a watcher whose connection', () => {
  test('is throttled for a moment is notified after it', async () => {
    await feed.subscribe('order-1', 'ann');
    services.fault = call => services.count('PostToConnection') < 3 ? refusing('ann', THROTTLED)(call) : undefined;

    expect(await feed.publish(feed.records({}, 'RECEIVED'))).toBeUndefined();

    expect(versionsTo('ann')).toEqual([1]);
    expect(feed.pauses).toEqual([50, 100]);
    expect(services.queued).toEqual([]);
  });

  test('fails neither delays other watchers nor notifies them twice, and its message is on the dead-letter queue', async () => {
    await feed.subscribe('order-1', 'ann', 'bob');
    await feed.subscribe('order-2', 'eve');
    services.fault = refusing('ann');
    // No retry begins before all other watchers are notified: if they waited for it, this would never end.
    const othersNotified = new Promise<void>(resolve => { services.onPost = () => { if (services.posted.length === 3) resolve(); }; });
    feed.timing.wait = async () => othersNotified;

    const asked = await feed.publish([...feed.records({}, 'RECEIVED', 'VALID'), ...feed.records({ orderId: 'order-2' }, 'RECEIVED')]);

    expect(asked).toBeUndefined();
    expect([versionsTo('ann'), versionsTo('bob'), versionsTo('eve')]).toEqual([[], [1, 2], [1]]);
    expect(services.queued).toEqual([
      { orderId: 'order-1', version: 1, connectionId: 'ann' },
      { orderId: 'order-1', version: 2, connectionId: 'ann' },
    ]);
  });

  test('fails permanently has its message on the dead-letter queue at once', async () => {
    await feed.subscribe('order-1', 'ann');
    services.fault = refusing('ann', { status: 403, name: 'ForbiddenException' });

    await feed.publish(feed.records({}, 'RECEIVED'));

    expect(services.count('PostToConnection')).toBe(1);
    expect(services.queued).toEqual([{ orderId: 'order-1', version: 1, connectionId: 'ann' }]);
    expect(JSON.parse(logs[0])).toMatchObject({ what: 'a message was not delivered', error: 'ForbiddenException', connectionId: 'ann' });
  });

  test('has ended is deleted with all its subscriptions, and receives nothing more', async () => {
    await feed.subscribe('order-1', 'ann', 'bob');
    await feed.subscribe('order-2', 'ann');
    services.fault = refusing('ann', GONE);

    expect(await feed.publish(feed.records({}, 'RECEIVED', 'VALID'))).toBeUndefined();

    expect((await feed.connectionItems()).map(({ connectionId }) => connectionId)).toEqual(['bob', 'bob']);
    expect(services.calls.filter(({ input }) => input.connectionId === 'ann')).toHaveLength(1);
    expect(services.queued).toEqual([]);
    expect(versionsTo('bob')).toEqual([1, 2]);
  });

  test('has ended, like hundreds of others, is forgotten', async () => {
    const gone = Array.from({ length: 200 }, (_, index) => `gone-${index}`);
    for (let from = 0; from < gone.length; from += 20) await feed.subscribe('order-1', ...gone.slice(from, from + 20));
    services.fault = ({ operation }) => operation === 'PostToConnection' ? GONE : undefined;

    expect(await feed.publish(feed.records({}, 'RECEIVED'))).toBeUndefined();

    expect(await feed.connectionItems()).toEqual([]);
    expect(logs).toEqual([]);
  }, 20_000);

  test('has ended does not fail the batch if it cannot be deleted: the next send finds it again', async () => {
    await feed.subscribe('order-1', 'ann');
    services.fault = refusing('ann', GONE);
    feed.shop.requests.next('BatchWriteItem', refusedWith('InternalServerError'));

    expect(await feed.publish(feed.records({}, 'RECEIVED'))).toBeUndefined();

    expect(logs[0]).toContain('an ended connection was not deleted');
    expect(await feed.connectionItems()).toHaveLength(2);
  });
});

describe('a subscription', () => {
  const subscribed = async (permit: { principal: string } | { until: number }) => {
    await feed.connections.open('ann', 'user-1', feed.now);
    await feed.subscriptions.add((await feed.connections.find('ann'))!, 'order-1', permit, 5);
  };
  const inSeconds = (milliseconds: number) => Math.floor(milliseconds / 1_000);

  test('that has expired gets nothing, is deleted, and gives its place back', async () => {
    await subscribed({ until: inSeconds(feed.now) + 60 });
    feed.now += 60_000;

    expect(await feed.publish(feed.records({}, 'RECEIVED'))).toBeUndefined();

    expect(services.posted).toEqual([]);
    expect(await feed.connectionItems()).toEqual([expect.objectContaining({ orderId: '$connection/ann', subscriptions: 0 })]);
  });

  test('gets what happens in its last moment', async () => {
    await subscribed({ until: inSeconds(feed.now) + 60 });
    feed.now += 59_999;

    await feed.publish(feed.records({}, 'RECEIVED'));

    expect(versionsTo('ann')).toEqual([1]);
  });

  test('receives nothing of an order that has become another user\'s', async () => {
    await subscribed({ principal: 'user-1' });

    await feed.publish(feed.records({ userId: 'user-2' }, 'RECEIVED'));

    expect(services.posted).toEqual([]);
    expect(await feed.connectionItems()).toHaveLength(1);
  });
});

describe('a batch', () => {
  test('is retried from the first change on that neither the watcher nor the dead-letter queue accepted', async () => {
    await feed.subscribe('order-1', 'ann');
    await feed.subscribe('order-2', 'bob');
    const [first, second] = [feed.records({}, 'RECEIVED', 'VALID'), feed.records({ orderId: 'order-2' }, 'RECEIVED', 'VALID')];
    services.fault = call => call.operation === 'SendMessage' ? BROKEN : refusing('bob')(call);

    // The stream has the orders side by side.
    const asked = await feed.publish([first[0], second[0], first[1], second[1]]);

    expect(asked).toBe(sequence(second[0]));
    expect(versionsTo('ann')).toEqual([1, 2]);
    expect(logs.some(line => line.includes('an undelivered message was not put on the dead-letter queue'))).toBe(true);
  });

  test('is retried from an order\'s first change if its watchers cannot be read', async () => {
    const records = [...feed.records({ orderId: 'order-2' }, 'RECEIVED'), ...feed.records({}, 'RECEIVED', 'VALID')];
    feed.shop.requests.next('Query', refusedWith('InternalServerError'));

    expect(await feed.publish(records)).toBe(sequence(records[0]));

    expect(logs[0]).toContain('the watchers of an order were not read');
    expect(feed.details).toHaveLength(3);
  });

  test('is sent to the watchers while the bus is down', async () => {
    await feed.subscribe('order-1', 'ann');
    services.fault = ({ operation }) => operation === 'PutEvents' ? BROKEN : undefined;
    const records = feed.records({}, 'RECEIVED', 'VALID');

    expect(await feed.publish(records)).toBe(sequence(records[0]));

    expect(versionsTo('ann')).toEqual([1, 2]);
  });

  test('sends what it has no time left to deliver to the dead-letter queue, before the function is stopped', async () => {
    await feed.subscribe('order-1', 'ann');
    services.fault = refusing('ann');
    feed.timing.wait = async () => { feed.now += 22_000; };

    expect(await feed.publish(feed.records({}, 'RECEIVED', 'VALID'))).toBeUndefined();

    expect(services.count('PostToConnection')).toBe(1);
    expect(services.queued.map(({ version }) => version)).toEqual([1, 2]);
  });

  test('sends to 50 watchers at a time: messages that wait when its time is up are on the dead-letter queue', async () => {
    const watchers = Array.from({ length: 60 }, (_, index) => `watcher-${index}`);
    await feed.subscribe('order-1', ...watchers.slice(0, 30));
    await feed.subscribe('order-1', ...watchers.slice(30));
    services.onPost = () => { feed.now = Math.max(feed.now, NOW + 22_000); };

    expect(await feed.publish(feed.records({}, 'RECEIVED'))).toBeUndefined();

    expect([services.posted.length, services.queued.length]).toEqual([50, 10]);
  });

  test('that has no time left for the dead-letter queue is retried', async () => {
    await feed.subscribe('order-1', 'ann');
    services.fault = refusing('ann');
    feed.timing.wait = async () => { feed.now += 27_000; };
    const records = feed.records({}, 'RECEIVED');

    expect(await feed.publish(records)).toBe(sequence(records[0]));
  });

  test('of a row that the workflow wrote publishes its status', async () => {
    const order: Partial<OrderRow> = { email: 'ann@example.com', totalAmount: 59.98, currency: 'EUR' };
    await feed.publish(feed.records(order, 'RECEIVED', 'VALID'));
    expect(feed.details[1]).toMatchObject({ workflow: 'Orders', previousStatus: 'RECEIVED', status: 'VALID', email: 'ann@example.com', totalAmount: 59.98 });
  });
});
