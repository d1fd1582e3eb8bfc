import { CLAIM, HttpRequest, IAM, OPEN, IntakeFixture, TOKEN_VALIDITY_SECONDS, advance } from '../../support/intake-fixture';
import { AT, LATER, ORDER } from '../../support/shop-fixture';
import { startIntakes } from '../../support/start-intakes';
import { BAD_ORDERS } from '../order/bad-orders';

const started = startIntakes();
let fixture: IntakeFixture;

const open = async (rules = IAM) => { fixture = await started.open({ rules }); };
const user = (sub: string, claims: object = {}) => ({ jwt: { claims: { sub, ...claims } } });
const { orderId, userId, ...anonymous } = ORDER;
const WAITING = { step: 'AwaitApproval', token: 'token-1', until: LATER, accepted: 'APPROVED', rejected: 'NOT_APPROVED' };

describe('an order that is posted', () => {
  beforeEach(async () => open());

  test('is received, and can be read, watched and cancelled at once', async () => {
    const { status, headers, body } = await fixture.postOrder(ORDER);

    expect(status).toBe(202);
    expect(headers).toEqual({ 'content-type': 'application/json', 'cache-control': 'no-store', 'location': '/orders/order-1' });
    expect(body).toEqual({
      orderId: 'order-1',
      status: 'RECEIVED',
      watchToken: expect.stringMatching(/^[\w-]{43}$/),
      links: {
        order: '/orders/order-1', history: '/orders/order-1/history', cancel: '/orders/order-1/cancel', feed: 'wss://feed.shop.example',
      },
    });
    expect(await fixture.request('GET /orders/{orderId}', { orderId })).toMatchObject({ status: 200, body: { status: 'RECEIVED' } });
    await fixture.connect('connection-1');
    expect(await fixture.feed.sendMessage('connection-1', { action: 'subscribe', orderId, watchToken: body.watchToken }, { now: Date.now }))
      .toMatchObject({ type: 'order.status', status: 'RECEIVED' });
    expect(await fixture.request('POST /orders/{orderId}/cancel', { orderId })).toMatchObject({ status: 202 });
  });

  test('gets its first response again, with or without a key', async () => {
    const first = await fixture.postOrder(ORDER);
    expect(await fixture.postOrder(ORDER)).toEqual(first);
    expect(await fixture.postOrder({ ...ORDER, note: 'is not kept' }, { headers: { 'idempotency-key': 'key-1' } })).toEqual(first);
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test('has its links below the path of the stage', async () => {
    const { body, headers } = await fixture.postOrder(ORDER, { event: { rawPath: '/shop/orders/' } });
    expect([body.links.order, headers.location]).toEqual(['/shop/orders/order-1', '/shop/orders/order-1']);
  });

  test('may be base64, and any JSON media type', async () => {
    const body = Buffer.from(JSON.stringify(ORDER)).toString('base64');
    for (const type of ['application/json; charset=utf-8', 'application/JSON', 'application/vnd.shop.order+json']) {
      expect(await fixture.postOrder(body, { headers: { 'content-type': type }, event: { isBase64Encoded: true } })).toMatchObject({ status: 202 });
    }
  });

  test('has no token where an authorizer decides who may watch', async () => {
    expect((await fixture.request('POST /orders', { body: ORDER }, { permits: fixture.permits(false), feedUrl: undefined })).body).toEqual({
      orderId, status: 'RECEIVED', links: { order: '/orders/order-1', history: '/orders/order-1/history', cancel: '/orders/order-1/cancel' },
    });
  });
});

describe('an invalid order', () => {
  beforeEach(async () => open());

  // What JSON cannot carry reaches no API.
  const sendable = BAD_ORDERS.filter(([name, sent]) => sent !== undefined && !/not a number|without end|over 64|nested deeper/.test(name));
  test.each(sendable)('with %s is refused by field', async (_, sent, field, message) => {
    const before = await fixture.snapshot();

    const { status, headers, body } = await fixture.postOrder(JSON.stringify(sent));

    expect([status, headers['content-type']]).toEqual([400, 'application/problem+json']);
    expect(body).toMatchObject({ type: 'urn:problem-type:invalid', title: 'Invalid request', status: 400 });
    expect(body.errors).toContainEqual({ field, message: expect.stringContaining(message) });
    expect(body.detail).toContain(`${field}: `);
    expect(await fixture.snapshot()).toEqual(before);
  });

  test.each([
    ['over 64 KiB', { body: { ...ORDER, note: 'x'.repeat(64 * 1024) } }, 413, 'exceed the limit of 65536'],
    ['nested without end', { body: `{"deep":${'['.repeat(30_000)}${']'.repeat(30_000)}}` }, 400, 'nested deeper than 16 levels'],
    ['no JSON', { body: '{"orderId":' }, 400, 'this is not JSON'],
    ['nothing at all', { body: '', headers: { 'content-type': 'application/json' } }, 400, 'this is not JSON'],
    ['a form', { body: 'orderId=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'content-type: application/json'],
    ['of no type', { body: '{}', headers: { 'content-type': '' } }, 415, 'send JSON'],
    ['under an empty key', { body: ORDER, headers: { 'idempotency-key': '' } }, 400, 'idempotencyKey'],
  ])('because it is %s is refused', async (_, request: HttpRequest, status, detail) => {
    const before = await fixture.snapshot();
    const reply = await fixture.request('POST /orders', request);
    expect(reply).toMatchObject({ status, body: { status, detail: expect.stringContaining(detail) } });
    expect(await fixture.snapshot()).toEqual(before);
  });

  test('with the id of another order gets nothing of that one', async () => {
    await fixture.postOrder({ ...ORDER, userId: 'user-2' });
    const { status, body } = await fixture.postOrder(ORDER);
    expect(status).toBe(409);
    expect(body).toEqual({
      type: 'urn:problem-type:conflict', title: 'Conflict with another order', status: 409, detail: 'another order has this id',
    });
  });
});

describe('a caller that reads an order', () => {
  const SECRETS = {
    owner: 'arn',
    email: 'ann@shop.example',
    payment: { transactionId: 'tx' },
    waiting: WAITING,
    requestHash: 'hash',
    results: { x: 1 },
    undo: { cause: 'failed', from: 'ProcessPayment', done: {} } as const,
    reservation: { status: 'RESERVED', lines: [], at: AT } as const,
  };

  test('sees the shown attributes, and nothing else of the row', async () => {
    await open();
    await fixture.shop.putOrder({ ...SECRETS, status: 'FAILED', version: 4, reason: 'ProcessPayment failed' });
    expect(await fixture.request('GET /orders/{orderId}', { orderId })).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: { ...anonymous, orderId, status: 'FAILED', version: 4, reason: 'ProcessPayment failed', createdAt: AT, updatedAt: AT },
    });
    const { body } = await fixture.request('GET /orders/{orderId}', { orderId });
    expect(Object.keys(body)).toHaveLength(9);
  });

  test('sees its history in order', async () => {
    await open();
    const entry = (status: string) => ({ status, at: AT, step: 'Step' });
    await fixture.shop.putOrder({ history: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [index + 1, entry(`S${index + 1}`)])) });
    const { status, body } = await fixture.request('GET /orders/{orderId}/history', { orderId });
    expect(status).toBe(200);
    expect(body).toEqual({ orderId, history: Array.from({ length: 11 }, (_, index) => ({ version: index + 1, ...entry(`S${index + 1}`) })) });
  });

  const NOT_FOUND = {
    status: 404,
    body: { type: 'urn:problem-type:not-found', title: 'Not found', status: 404, detail: 'no such order, or the caller may not access it' },
  };
  const ROUTES = ['GET /orders/{orderId}', 'GET /orders/{orderId}/history', 'POST /orders/{orderId}/cancel'];

  test.each(ROUTES)('(%s) of another user gets the response for a missing order', async route => {
    await open(CLAIM);
    await fixture.shop.putOrder({});
    const before = await fixture.snapshot();
    const others = [
      await fixture.request(route, { orderId, authorizer: user('user-2') }),
      await fixture.request(route, { orderId: 'order-9', authorizer: user('user-2') }),
      await fixture.request(route, { orderId: 'order/9', authorizer: user('user-2') }),
      await fixture.request(route, { authorizer: user('user-2') }),
    ];
    others.forEach(reply => expect(reply).toMatchObject(NOT_FOUND));
    expect(new Set(others.map(reply => JSON.stringify(reply))).size).toBe(1);
    expect(await fixture.snapshot()).toEqual(before);
  });

  test.each(ROUTES)('(%s) anonymously needs the token of the order, while it is valid', async route => {
    await open(OPEN);
    const { watchToken } = (await fixture.postOrder(ORDER, { authorizer: {} })).body;
    const second = (await fixture.postOrder({ ...ORDER, orderId: 'order-2' })).body;
    const show = async (token: string | undefined, of = orderId) =>
      (await fixture.request(route, { orderId: of, authorizer: {}, headers: token === undefined ? {} : { 'x-watch-token': token } })).status;

    expect(await show(undefined)).toBe(404);
    expect(await show(second.watchToken)).toBe(404);
    expect(await show(`${watchToken}x`)).toBe(404);
    expect(await show(watchToken, 'order-9')).toBe(404);
    expect(await show(watchToken)).toBeLessThan(300);
    advance(TOKEN_VALIDITY_SECONDS * 1_000);
    expect(await show(watchToken)).toBe(404);
  });

  test('with a token is refused where there are no tokens', async () => {
    await open(OPEN);
    await fixture.shop.putOrder({});
    const reply = await fixture.request('GET /orders/{orderId}', { orderId, headers: { 'x-watch-token': 'x' } }, { permits: fixture.permits(false) });
    expect(reply).toMatchObject(NOT_FOUND);
  });
});
