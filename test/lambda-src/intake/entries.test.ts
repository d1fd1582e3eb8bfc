import { BACKEND, IntakeFixture, httpEvent, queued } from '../../support/intake-fixture';
import { ORDER } from '../../support/shop-fixture';
import { startIntakes } from '../../support/start-intakes';

type Entry = (event: unknown) => Promise<any>;

const started = startIntakes({ clockRuns: true });
let fixture: IntakeFixture;
const environment = process.env;
beforeEach(async () => { fixture = await started.open(); });
afterEach(() => { process.env = environment; });

/** The function as Lambda loads it: all it knows is its environment. */
function load(name: string, settings: Record<string, string | undefined> = {}): Entry {
  process.env = {
    ...environment,
    AWS_ENDPOINT_URL: started.services.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: started.engine.endpoint,
    AWS_ENDPOINT_URL_SFN: started.stepFunctions.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    ORDERS_TABLE: fixture.shop.ordersTable,
    IDEMPOTENCY_TABLE: fixture.locksTable,
    STATE_MACHINE_ARN: started.stepFunctions.stateMachineArn,
    TOKEN_VALIDITY_SECONDS: '3600',
    WATCH_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:watch',
    AUTHORIZATION: 'iam',
    METRIC_NAMESPACE: 'Orders',
    WORKFLOW: 'Shop/Orders',
    CONNECTIONS_TABLE: fixture.feed.connectionsTable,
    MAX_SUBSCRIPTIONS: '5',
    DEAD_LETTER_QUEUE_URL: `${started.services.endpoint}/111122223333/dead-letters`,
    ...settings,
  };
  let entry: Entry | undefined;
  jest.isolateModules(() => { ({ handler: entry } = jest.requireActual(`../../../lambda-src/intake/${name}.lambda`)); });
  return entry!;
}

const { orderId, currency, ...inDollars } = ORDER;
const post = (authorizer: object, body: object = ORDER) => httpEvent('POST /orders', { body, authorizer });

describe('the functions, as their environment makes them', () => {
  test('deduplicate the same order', async () => {
    const [http, queue, event, webSocket] = ['http-intake', 'queue-intake', 'event-intake', 'web-socket-intake'].map(name => load(name));
    await fixture.connect('connection-1', 'user-1');

    const reply = await http(post(BACKEND));
    expect([reply.statusCode, JSON.parse(reply.body).watchToken]).toEqual([202, expect.any(String)]);
    expect(await queue({ Records: [queued('m-1', ORDER), queued('m-2', 'no order')] })).toEqual({ batchItemFailures: [] });
    expect(await event({ 'id': 'event-1', 'detail-type': 'Order', 'detail': ORDER })).toEqual({ orderId, status: 'RECEIVED' });
    const answer = await webSocket({ requestContext: { connectionId: 'connection-1' }, body: JSON.stringify({ action: 'submitOrder', order: ORDER }) });
    expect([answer.statusCode, JSON.parse(answer.body)]).toMatchObject([200, { type: 'order.accepted', orderId, subscribed: true }]);

    expect(started.stepFunctions.started).toHaveLength(1);
    expect(started.services.calls.filter(({ operation }) => operation === 'SendMessage')).toHaveLength(1);
  });

  test('answer a client that sends nothing', async () => {
    await fixture.connect('connection-1');
    const answer = await load('web-socket-intake')({ requestContext: { connectionId: 'connection-1' } });
    expect(JSON.parse(answer.body)).toMatchObject({ type: 'error', code: 'bad-request' });
  });

  test('do without a lock, a secret and a feed where there is none', async () => {
    const http = load('http-intake', { IDEMPOTENCY_TABLE: undefined, WATCH_SECRET_ARN: undefined, TOKEN_VALIDITY_SECONDS: undefined, AUTHORIZATION: 'none' });
    const reply = JSON.parse((await http(post({}, { ...inDollars, orderId }))).body);
    expect(reply).toEqual({ orderId, status: 'RECEIVED', links: { order: `/orders/${orderId}`, history: expect.any(String), cancel: expect.any(String) } });
    expect(await fixture.locks()).toEqual([]);
    expect(await fixture.shop.row()).toMatchObject({ currency: 'USD' });
  });

  test('use the claim, the currency and the feed of their environment', async () => {
    const http = load('http-intake', { AUTHORIZATION: 'claim', USER_CLAIM: 'username', DEFAULT_CURRENCY: 'CHF', FEED_URL: 'wss://feed.example' });
    const reply = await http(post({ jwt: { claims: { username: 'user-1' } } }, { ...inDollars, orderId }));
    expect(JSON.parse(reply.body).links.feed).toBe('wss://feed.example');
    expect(await fixture.shop.row()).toMatchObject({ currency: 'CHF' });
  });

  test.each([
    ['no caller, by default', {}, BACKEND, 403],
    ['callers with IAM', { MAY_DECIDE: 'iam' }, BACKEND, 409],
    ['callers with the claim', { MAY_DECIDE: 'claim', DECIDER_CLAIM: 'role', DECIDER_VALUE: 'boss' }, { lambda: { sub: 'ann', role: 'boss' } }, 409],
  ])('let decide %s', async (_, settings, authorizer, status) => {
    await fixture.shop.putOrder({ status: 'PAID' });
    const event = httpEvent('POST /orders/{orderId}/decision', { orderId, body: { approved: true }, authorizer });
    expect((await load('http-intake', settings)(event)).statusCode).toBe(status);
  });

  test.each([
    ['http-intake', 'AUTHORIZATION', 'anything', "AUTHORIZATION is 'anything': give one of claim, iam, none"],
    ['http-intake', 'AUTHORIZATION', undefined, 'AUTHORIZATION is not set'],
    ['http-intake', 'MAY_DECIDE', 'all', "MAY_DECIDE is 'all': give one of claim, iam, none"],
    ['http-intake', 'MAY_DECIDE', 'claim', 'DECIDER_CLAIM is not set'],
    ['http-intake', 'TOKEN_VALIDITY_SECONDS', 'long', "TOKEN_VALIDITY_SECONDS is 'long'"],
    ['queue-intake', 'DEAD_LETTER_QUEUE_URL', undefined, 'DEAD_LETTER_QUEUE_URL is not set'],
    ['event-intake', 'STATE_MACHINE_ARN', undefined, 'STATE_MACHINE_ARN is not set'],
    ['web-socket-intake', 'CONNECTIONS_TABLE', undefined, 'CONNECTIONS_TABLE is not set'],
  ])('(%s) do not start with %s %s', (name, setting, value, message) => {
    expect(() => load(name, { [setting]: value })).toThrow(message);
  });
});
