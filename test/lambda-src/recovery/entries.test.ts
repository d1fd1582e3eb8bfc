import { AwsServices } from '../../support/aws-services';
import { Engine } from '../../support/dynoxide';
import { readLogs } from '../../support/logs';
import { TOPIC } from '../../support/recovery-fixture';
import { ME, ORDER, OTHER, ShopFixture } from '../../support/shop-fixture';
import { startOnce } from '../../support/started';
import { StepFunctions } from '../../support/step-functions';

type Entry = (event: unknown, context?: unknown) => Promise<any>;

const started = startOnce();
let engine: Engine;
let services: AwsServices;
let stepFunctions: StepFunctions;
let shop: ShopFixture;
let logs: string[];
const environment = process.env;
beforeEach(async () => {
  logs = readLogs('INFO', 'ERROR');
  ({ engine, services, stepFunctions } = started);
  services.reset();
  stepFunctions.reset();
  shop = await ShopFixture.open(engine);
});
afterEach(() => { process.env = environment; });

/** The function as Lambda loads it: all it knows is its environment. */
function load(name: string, settings: Record<string, string | undefined> = {}): Entry {
  process.env = {
    ...environment,
    AWS_ENDPOINT_URL: services.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    AWS_ENDPOINT_URL_SFN: stepFunctions.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    ORDERS_TABLE: shop.ordersTable,
    STATE_MACHINE_ARN: stepFunctions.stateMachineArn,
    RECOVERY_MACHINE_ARN: stepFunctions.recoveryMachineArn,
    FAILURE_TOPIC_ARN: TOPIC,
    LONGEST_TIMES: JSON.stringify({ order: 3_600, undo: 60, statuses: {} }),
    OVERDUE_SECONDS: '60',
    METRIC_NAMESPACE: 'Shop/Orders',
    WORKFLOW: 'Orders',
    ...settings,
  };
  let entry: Entry | undefined;
  jest.isolateModules(() => { ({ handler: entry } = jest.requireActual(`../../../lambda-src/recovery/${name}.lambda`)); });
  return entry!;
}

/** Orders that are overdue whatever the time is. */
const LONG_AGO = { openSince: '2020-01-01T00:00:00.000Z', updatedAt: '2020-01-01T00:00:00.000Z' };
const sweepIn = async (milliseconds: number, settings = {}) =>
  load('order-sweeper', settings)({ 'detail-type': 'Scheduled Event', 'detail': {} }, { getRemainingTimeInMillis: () => milliseconds });

describe('the sweeper', () => {
  test('recovers overdue orders, and writes its metrics as a line without a prefix', async () => {
    await shop.putOrder(LONG_AGO);
    await shop.putOrder({ ...LONG_AGO, orderId: 'order-2', status: 'NEEDS_ATTENTION' });

    await sweepIn(120_000);

    expect(stepFunctions.recoveries).toEqual([
      { name: expect.stringMatching(/^order-1-[0-9a-f]{8}-+07$/), input: expect.objectContaining({ orderId: 'order-1', owner: ME }) },
    ]);
    expect(services.notifications).toMatchObject([{ topic: TOPIC, message: { kind: 'compensation-failed', orderId: 'order-2' } }]);
    const metrics = jest.mocked(process.stdout.write).mock.calls.map(([line]) => String(line)).filter(line => line.includes('_aws'));
    expect(metrics.map(line => JSON.parse(line))).toMatchObject([
      { workflow: 'Orders', OverdueOrders: 1, OrdersNeedingAttention: 1, OrdersRecovered: 1, OrdersStarted: 0 },
    ]);
  });

  test('gives each recovery a name of its own', async () => {
    await shop.putOrder(LONG_AGO);
    await sweepIn(120_000);
    await sweepIn(120_000);
    expect(new Set(stepFunctions.recoveries.map(({ name }) => name)).size).toBe(2);
  });

  test('stops in time', async () => {
    await shop.putOrder(LONG_AGO);
    await sweepIn(19_999);
    expect(stepFunctions.recoveries).toEqual([]);
  });

  test('recovers one order when an event reports its execution', async () => {
    await shop.putOrder({ orderId: 'order-2', owner: OTHER, ...LONG_AGO });
    await shop.putOrder({});
    await load('order-sweeper')({ detail: { executionArn: ME, status: 'TIMED_OUT', name: 'order-1', input: JSON.stringify(ORDER) } });
    expect(stepFunctions.recoveries.map(({ input }) => input)).toMatchObject([{ orderId: 'order-1', failure: { error: 'ExecutionTimedOut' } }]);
  });
});

describe('the function that repairs', () => {
  const ON_HOLD = { status: 'NEEDS_ATTENTION', version: 7, updatedAt: LONG_AGO.updatedAt, onHold: { at: LONG_AGO.updatedAt, token: 'token-1' } };

  test('sends the repair to the execution that waits', async () => {
    await shop.putOrder(ON_HOLD);
    stepFunctions.waiting.add('token-1');
    expect(await load('repair-order')({ orderId: 'order-1', action: 'retry' })).toEqual({ orderId: 'order-1', action: 'retry', version: 7, by: 'execution' });
    expect(stepFunctions.answered).toEqual([{ taskToken: 'token-1', output: '{"action":"retry"}' }]);
    expect(logs.map(line => JSON.parse(line))).toMatchObject([
      { what: 'an order is repaired', orderId: 'order-1', action: 'retry', version: 7, by: 'execution', durationMs: expect.any(Number) },
    ]);
  });

  test('starts a recovery where no execution waits', async () => {
    await shop.putOrder(ON_HOLD);
    expect(await load('repair-order')({ orderId: 'order-1', action: 'resolved', by: 'ann' })).toMatchObject({ by: 'recovery' });
    expect(stepFunctions.recoveries).toEqual([{
      name: expect.stringMatching(/^order-1-[0-9a-f]{8}-+07$/), input: { orderId: 'order-1', owner: ME, repair: { action: 'resolved', by: 'ann' } },
    }]);
  });

  test('refuses what it does not understand', async () => {
    await expect(load('repair-order')({ orderId: 'order-1' })).rejects.toMatchObject({ name: 'InvalidEvent' });
  });
});

describe('the environment', () => {
  test.each([
    ['order-sweeper', 'ORDERS_TABLE'], ['order-sweeper', 'STATE_MACHINE_ARN'], ['order-sweeper', 'RECOVERY_MACHINE_ARN'],
    ['order-sweeper', 'FAILURE_TOPIC_ARN'], ['order-sweeper', 'OVERDUE_SECONDS'], ['order-sweeper', 'METRIC_NAMESPACE'], ['order-sweeper', 'WORKFLOW'],
    ['repair-order', 'ORDERS_TABLE'], ['repair-order', 'RECOVERY_MACHINE_ARN'],
  ])('of %s without %s is refused by name', (name, missing) => {
    expect(() => load(name, { [missing]: undefined })).toThrow(`the environment variable ${missing} is not set`);
  });
});
