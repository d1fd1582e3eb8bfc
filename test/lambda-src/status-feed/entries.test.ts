import { watchToken } from '../../../lambda-src/status-feed/watch-token';
import { AwsServices } from '../../support/aws-services';
import { Engine, startEngine } from '../../support/dynoxide';
import { FeedFixture } from '../../support/feed-fixture';
import { readLogs } from '../../support/logs';

// Each function is loaded afresh, with all that it imports.
jest.setTimeout(30_000);

type Entry = (event: unknown, context?: unknown) => Promise<any>;

let engine: Engine;
let services: AwsServices;
let feed: FeedFixture;
let logs: string[];
const environment = process.env;
beforeAll(async () => { [engine, services] = await Promise.all([startEngine(), AwsServices.start()]); });
afterAll(async () => Promise.all([engine.stop(), services.stop()]));
beforeEach(async () => {
  feed = await FeedFixture.open(engine, services);
  logs = readLogs();
});
afterEach(() => {
  process.env = environment;
  jest.restoreAllMocks();
});

/** The function as Lambda loads it: all it knows is its environment. */
function load(name: string, settings: Record<string, string | undefined> = {}): Entry {
  process.env = {
    ...environment,
    AWS_ENDPOINT_URL: services.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    BUS_NAME: 'bus',
    WORKFLOW: 'Orders',
    ORDERS_TABLE: feed.shop.ordersTable,
    CONNECTIONS_TABLE: feed.connectionsTable,
    CONNECTIONS_ENDPOINT: `${services.endpoint}/live`,
    UNDELIVERED_QUEUE_URL: `${services.endpoint}/111122223333/undelivered`,
    WATCH_SECRET_ARN: 'arn:secret',
    TOKEN_VALIDITY_SECONDS: '3600',
    MAX_SUBSCRIPTIONS: '2',
    MAX_MESSAGE_BYTES: '200',
    ...settings,
  };
  let entry: Entry | undefined;
  jest.isolateModules(() => { ({ handler: entry } = jest.requireActual(`../../../lambda-src/status-feed/${name}.lambda`)); });
  return entry!;
}

const context = { getRemainingTimeInMillis: () => 30_000 };
const connecting = (connectionId: string, rest = {}) => ({ requestContext: { connectionId, eventType: 'CONNECT', routeKey: '$connect', ...rest } });
const saying = (connectionId: string, message: unknown) => ({
  requestContext: { connectionId, eventType: 'MESSAGE', routeKey: '$default' }, body: JSON.stringify(message),
});
const leaving = (connectionId: string) => ({ requestContext: { connectionId, eventType: 'DISCONNECT', routeKey: '$disconnect' } });
const now = () => new Date().toISOString();
const heard = async (answer: Promise<{ statusCode: number; body: string }>) => {
  const { statusCode, body } = await answer;
  expect(statusCode).toBe(200);
  return JSON.parse(body);
};

describe('the functions, one after the other', () => {
  test('serve a guest: connect, subscribe, receive a change, disconnect', async () => {
    const [connect, say, publish] = [load('connect'), load('messages'), load('status-publisher')];
    await feed.shop.putOrder({ createdAt: now() });

    expect(await connect(connecting('guest'))).toEqual({ statusCode: 200 });
    const token = watchToken(services.secret!, 'order-1');
    expect(await heard(say(saying('guest', { action: 'subscribe', orderId: 'order-1', watchToken: token })))).toMatchObject({
      type: 'order.status', status: 'VALID', version: 2,
    });
    const [, , reserved] = feed.records({}, 'RECEIVED', 'VALID', 'RESERVED');
    expect(await publish({ Records: [reserved] }, context)).toEqual({ batchItemFailures: [] });
    expect(services.messagesTo('guest')).toMatchObject([{ status: 'RESERVED', version: 3 }]);
    expect(feed.details).toMatchObject([{ workflow: 'Orders', status: 'RESERVED' }]);
    expect(await say(leaving('guest'))).toEqual({ statusCode: 200 });
    expect(await feed.connectionItems()).toEqual([]);
  });

  test('store the principal of the authorizer', async () => {
    const [connect, say] = [load('connect'), load('messages', { WATCH_SECRET_ARN: undefined })];
    await feed.shop.putOrder();

    await connect(connecting('ann', { authorizer: { principalId: 'user-1' } }));
    await connect(connecting('eve', { authorizer: { principalId: 'user-2' } }));

    expect(await heard(say(saying('ann', { action: 'subscribe', orderId: 'order-1' })))).toMatchObject({ type: 'order.status' });
    expect(await heard(say(saying('eve', { action: 'subscribe', orderId: 'order-1' })))).toMatchObject({ code: 'not-found' });
    expect(services.calls).toEqual([]);
  });

  test('keep to the limits of the environment', async () => {
    const [connect, say] = [load('connect'), load('messages')];
    await connect(connecting('ann', { authorizer: { principalId: 'user-1' } }));
    for (const orderId of ['order-1', 'order-2', 'order-3']) await feed.shop.putOrder({ orderId });

    const codes = [];
    for (const orderId of ['order-1', 'order-2', 'order-3']) codes.push((await heard(say(saying('ann', { action: 'subscribe', orderId })))).code);

    expect(codes).toEqual([undefined, undefined, 'too-many-subscriptions']);
    expect(await heard(say(saying('ann', { action: 'ping', padding: 'x'.repeat(200) })))).toMatchObject({ code: 'message-too-large' });
  });

  test('redrive undelivered messages', async () => {
    await feed.shop.putOrder();
    await feed.connections.open('ann', 'user-1', Date.now());
    await feed.subscriptions.add((await feed.connections.find('ann'))!, 'order-1', { principal: 'user-1' }, 2);
    services.enqueue(JSON.stringify({ orderId: 'order-1', version: 1, connectionId: 'ann' }));

    expect(await load('redrive')({ max: 5 }, { getRemainingTimeInMillis: () => 60_000 })).toEqual({ delivered: 1, gone: 0, failed: 0 });

    expect(services.messagesTo('ann')).toMatchObject([{ version: 2 }]);
  });
});

describe('a function without a feed', () => {
  test('publishes on the bus alone', async () => {
    const publish = load('status-publisher', { CONNECTIONS_TABLE: undefined, CONNECTIONS_ENDPOINT: undefined, UNDELIVERED_QUEUE_URL: undefined });
    expect(await publish({ Records: feed.records({}, 'RECEIVED') }, context)).toEqual({ batchItemFailures: [] });
    expect(feed.details).toHaveLength(1);
  });
});

describe('a connection', () => {
  test('of a session is refused, unless its role is admitted', async () => {
    const session = { identity: { userArn: 'arn:aws:sts::111122223333:assumed-role/Shop/ann' } };
    expect(await load('connect')(connecting('ann', session))).toEqual({ statusCode: 403 });
    expect(await feed.connectionItems()).toEqual([]);
    const admitted = load('connect', { ADMITTED_ROLES: 'arn:aws:iam::111122223333:role/Other arn:aws:iam::111122223333:role/Shop' });
    expect(await admitted(connecting('ann', session))).toEqual({ statusCode: 200 });
    expect(await feed.connectionItems()).toMatchObject([{ principal: session.identity.userArn }]);
  });

  test('that cannot be kept is refused', async () => {
    const connect = load('connect', { CONNECTIONS_TABLE: 'no-such-table' });
    await expect(connect(connecting('ann'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('that leaves while the table is not there leaves all the same', async () => {
    const say = load('messages', { CONNECTIONS_TABLE: 'no-such-table' });
    expect(await say(leaving('ann'))).toEqual({ statusCode: 200 });
    expect(logs[0]).toContain('an ended connection was not deleted');
  });
});

describe('the environment', () => {
  test.each([
    ['connect', 'CONNECTIONS_TABLE'],
    ['messages', 'ORDERS_TABLE'],
    ['messages', 'MAX_SUBSCRIPTIONS'],
    ['redrive', 'UNDELIVERED_QUEUE_URL'],
    ['status-publisher', 'BUS_NAME'],
    ['status-publisher', 'CONNECTIONS_ENDPOINT'],
  ])('of %s without %s is refused by name', (name, missing) => {
    expect(() => load(name, { [missing]: undefined })).toThrow(`the environment variable ${missing} is not set`);
  });

  test.each(['0', '-1', '1.5', 'many'])('with a limit of %s is refused when the function is loaded', limit => {
    expect(() => load('messages', { MAX_MESSAGE_BYTES: limit })).toThrow(`MAX_MESSAGE_BYTES is '${limit}': give a whole number of 1 or more`);
  });
});
