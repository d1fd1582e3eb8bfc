import { openShard } from '../../../lambda-src/order/row-write';
import { readLogs } from '../../support/logs';
import { OVERDUE_SECONDS, RecoveryFixture, ago } from '../../support/recovery-fixture';
import { after, answers } from '../../support/request-faults';
import { ME, ShopFixture } from '../../support/shop-fixture';
import { startOnce } from '../../support/started';
import { StepFunctions } from '../../support/step-functions';

const started = startOnce();
let stepFunctions: StepFunctions;
let fixture: RecoveryFixture;
let shop: ShopFixture;
let logs: string[];
beforeEach(async () => {
  logs = readLogs('INFO', 'ERROR');
  fixture = await RecoveryFixture.open(started);
  ({ shop, stepFunctions } = fixture);
});

const NOTHING = { OverdueOrders: 0, OrdersNeedingAttention: 0, OrdersRecovered: 0, OrdersStarted: 0 };
const ownerOf = (orderId: string) => ME.replace('order-1', orderId);
const holds = async (orderId: string, fields: object = {}) =>
  shop.putOrder({ orderId, owner: ownerOf(orderId), openShard: openShard(orderId), openSince: ago(OVERDUE_SECONDS), ...fields });
/** Orders of which every execution was aborted. */
const interrupted = async (count: number, fields: (index: number) => object = () => ({})) => {
  const orderIds = Array.from({ length: count }, (_, index) => `order-${index}`);
  await Promise.all(orderIds.map(async (orderId, index) => holds(orderId, fields(index))));
  return orderIds;
};
const recovered = () => stepFunctions.recoveries.map(({ input }) => input.orderId);
const ordersRead = () => shop.requests.inputs.filter((_, index) => shop.requests.sent[index] === 'GetItem').map(({ Key }) => Key.orderId.S);
const UNREADABLE = answers(400, { __type: 'com.amazonaws.dynamodb.v20120810#AccessDeniedException', message: 'no' });

describe('a sweep', () => {
  test('recovers the orders of every shard', async () => {
    const orderIds = await interrupted(48);
    expect(new Set(orderIds.map(openShard)).size).toBe(16);
    expect(await fixture.sweeps()).toEqual({ ...NOTHING, OverdueOrders: 48, OrdersRecovered: 48 });
    expect(recovered().sort()).toEqual(orderIds.sort());
    expect(logs.map(line => JSON.parse(line).orderId).sort()).toEqual(orderIds.sort());
    expect(JSON.parse(logs[0])).toMatchObject({ what: 'an overdue order was recovered', outcome: 'recovered' });
  });

  test('reads no order that has an execution and is not overdue', async () => {
    await holds('order-1', { openSince: ago(OVERDUE_SECONDS - 1) });
    await holds('order-2');
    expect(await fixture.sweeps()).toMatchObject({ OverdueOrders: 1 });
    expect(ordersRead()).toEqual(['order-2']);
  });

  test('starts an order after a minute that no execution has taken, and leaves those alone that one has', async () => {
    for (const [orderId, seconds] of [['fresh', 59], ['unstarted', 60], ['started', 60], ['slow', OVERDUE_SECONDS - 1]] as const) {
      await holds(orderId, { status: 'RECEIVED', version: 1, openSince: ago(seconds) });
      if (orderId !== 'started') await shop.alterOrder(orderId, { owner: undefined });
    }

    expect(await fixture.sweeps()).toMatchObject({ OrdersStarted: 2 });

    expect(stepFunctions.started.map(({ name }) => name).sort()).toEqual(['slow', 'unstarted']);
    expect(ordersRead().sort()).toEqual(['slow', 'unstarted']);
    expect(JSON.parse(logs[0])).toMatchObject({ what: 'an unstarted order was started', outcome: 'started' });
  });

  test('does not start an order that an execution takes meanwhile, and gives none up that is not overdue', async () => {
    await holds('order-1', { status: 'RECEIVED', version: 1, openSince: ago(60) });
    await holds('order-2', { status: 'RECEIVED', version: 1, openSince: ago(60), restarts: 3 });
    await shop.alterOrder('order-1', { owner: undefined });
    await shop.alterOrder('order-2', { owner: undefined });
    shop.requests.next('GetItem', after(async () => shop.alterOrder('order-1', { owner: ME })));

    expect(await fixture.sweeps()).toEqual(NOTHING);
    expect(stepFunctions.started).toEqual([]);
    expect(await shop.row('order-2')).not.toHaveProperty('givenUpAt');
  });

  test('goes through the pages of a shard, the oldest order first', async () => {
    const orderIds = await interrupted(230, index => ({ openShard: '7', openSince: ago(OVERDUE_SECONDS + 230 - index) }));

    expect(await fixture.sweeps()).toMatchObject({ OrdersRecovered: 230 });

    expect(shop.requests.count('Query')).toBe(16 + 2);
    expect(recovered().sort()).toEqual([...orderIds].sort());
    const looked = ordersRead();
    expect([looked.slice(0, 100), looked.slice(100, 200), looked.slice(200)].map(page => page.sort())).toEqual(
      [orderIds.slice(0, 100), orderIds.slice(100, 200), orderIds.slice(200)].map(page => page.sort()),
    );
  });

  test('recovers eight orders at a time', async () => {
    await interrupted(40, () => ({ openShard: '7' }));
    let [now, most] = [0, 0];
    // Each request holds its place until the event loop has been round: all that may start have started then.
    fixture.workflowRequests.next('DescribeExecution', ...Array.from({ length: 40 }, () => async (deliver: () => Promise<any>) => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      return deliver().finally(() => { now--; });
    }));
    await fixture.sweeps();
    expect([now, most]).toEqual([0, 8]);
  });

  test.each([
    [0, '0123456789abcdef'], [0.5, '89abcdef01234567'], [0.999, 'f0123456789abcde'],
  ])('begins at a random shard (%p)', async (chance, shards) => {
    await fixture.sweeps(chance);
    expect(shop.requests.inputs.map(({ ExpressionAttributeValues }) => ExpressionAttributeValues[':key'].S).join('')).toBe(shards);
  });

  test('counts what it came upon', async () => {
    await holds('recovered');
    await holds('running');
    stepFunctions.described.set(ownerOf('running'), { status: 'RUNNING' });
    await holds('waiting', { waiting: { step: 'AwaitApproval', token: 't', until: ago(-60), accepted: 'APPROVED', rejected: 'NOT_APPROVED' } });
    await holds('onHold', { status: 'NEEDS_ATTENTION', onHold: { at: ago(60), notifiedAt: ago(60) } });
    await holds('onHold-too', { status: 'NEEDS_ATTENTION' });
    await holds('complete', { status: 'COMPLETED' });
    stepFunctions.described.set(ownerOf('complete'), { status: 'SUCCEEDED' });
    for (const orderId of ['unstarted', 'unstartable']) {
      await holds(orderId, { status: 'RECEIVED', version: 1 });
      await shop.alterOrder(orderId, { owner: undefined });
    }
    await shop.alterOrder('unstartable', { restarts: 3 });

    expect(await fixture.sweeps()).toEqual({ OverdueOrders: 4, OrdersNeedingAttention: 2, OrdersRecovered: 1, OrdersStarted: 1 });
  });

  test('writes its counts as metrics without dimensions', async () => {
    await fixture.sweeps();
    expect(fixture.metrics).toEqual([{
      _aws: {
        Timestamp: Date.parse(ago(0)),
        CloudWatchMetrics: [{
          Namespace: 'Shop/Orders',
          Dimensions: [[]],
          Metrics: ['OverdueOrders', 'OrdersNeedingAttention', 'OrdersRecovered', 'OrdersStarted'].map(Name => ({ Name, Unit: 'Count' })),
        }],
      },
      workflow: 'Orders',
      ...NOTHING,
    }]);
  });

  test('finds nothing to do for an order that ended since the index was read', async () => {
    await holds('order-1');
    shop.requests.next('GetItem', after(async () => shop.alterOrder('order-1', { status: 'COMPLETED', openSince: undefined, openShard: undefined })));
    expect(await fixture.sweeps()).toEqual(NOTHING);
    expect(stepFunctions.recoveries).toEqual([]);
  });
});

describe('a sweep with a failure', () => {
  const failures = () => logs.map(line => JSON.parse(line)).filter(({ level }) => level === 'ERROR');
  const failing = async () => fixture.sweeps().then(() => undefined, error => error);

  test('at one order recovers the others, and fails in the end', async () => {
    await interrupted(20);
    shop.requests.next('GetItem', UNREADABLE, UNREADABLE);

    const error = await failing();

    expect(error).toMatchObject({ name: 'OrdersLeftOpen', message: expect.stringMatching(/^2 overdue orders were not recovered and 0 shards not read/) });
    expect(stepFunctions.recoveries).toHaveLength(18);
    expect(fixture.metrics[0]).toMatchObject({ OverdueOrders: 20, OrdersRecovered: 18 });
    expect(failures()).toMatchObject(
      [1, 2].map(() => ({ what: 'an overdue order was not recovered', orderId: expect.any(String), error: 'AccessDeniedException' })),
    );
  });

  test('at one shard goes through the others, and fails in the end', async () => {
    const orderIds = await interrupted(48);
    shop.requests.next('Query', UNREADABLE);

    expect(await failing()).toMatchObject({ message: expect.stringMatching(/^0 overdue orders were not recovered and 1 shards not read/) });

    expect(recovered().sort()).toEqual(orderIds.filter(orderId => openShard(orderId) !== '0').sort());
    expect(fixture.metrics).toHaveLength(1);
    expect(failures()[0]).toMatchObject({ what: 'a shard of the open orders was not read to its end', shard: '0' });
  });

  test('at the second page of a shard has recovered the orders of the first', async () => {
    await interrupted(150, () => ({ openShard: '0' }));
    shop.requests.next('Query', async deliver => deliver(), UNREADABLE);
    expect(await failing()).toMatchObject({ name: 'OrdersLeftOpen' });
    expect(stepFunctions.recoveries).toHaveLength(100);
  });
});

describe('a sweep whose time is up', () => {
  test('stops, and logs what is left', async () => {
    await interrupted(30, () => ({ openShard: '3' }));
    // It checks its time before each shard, after each page and before each order: here until the tenth order of the fourth shard.
    let looks = 0;
    fixture.timeLeft.mockImplementation(() => ++looks <= 3 * 2 + 1 + 10 ? 20_000 : 19_999);

    expect(await fixture.sweeps()).toMatchObject({ OverdueOrders: 10, OrdersRecovered: 10 });

    expect(logs.slice(-1).map(line => JSON.parse(line))).toMatchObject([
      { what: 'a sweep had no time left: the next one goes on', ordersLeft: 20, shardsLeft: 13 },
    ]);
    expect(stepFunctions.recoveries).toHaveLength(10);
  });

  test('before it began reads nothing', async () => {
    fixture.timeLeft.mockReturnValue(0);
    expect(await fixture.sweeps()).toEqual(NOTHING);
    expect(shop.requests.sent).toEqual([]);
  });
});
