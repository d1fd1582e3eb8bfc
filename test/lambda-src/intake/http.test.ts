import { backstage } from '../../support/backstage';
import { BACKEND, CLAIM, HttpRequest, IAM, OPEN, OrderDesk, TOKEN_VALIDITY_SECONDS, passes } from '../../support/order-desk';
import { AT, LATER, ORDER } from '../../support/shop';
import { answerLost, arrives, refusedWith } from '../../support/wire';
import { BAD_ORDERS } from '../order/bad-orders';

const stage = backstage();
let desk: OrderDesk;

const open = async (rules = IAM) => { desk = await stage.open({ rules }); };
const user = (sub: string, claims: object = {}) => ({ jwt: { claims: { sub, ...claims } } });
const { orderId, userId, ...anonymous } = ORDER;
const WAITING = { step: 'AwaitApproval', token: 'token-1', until: LATER, accepted: 'APPROVED', rejected: 'NOT_APPROVED' };

describe('an order that is posted', () => {
  beforeEach(async () => open());

  test('is received, and can be read, watched and cancelled at once', async () => {
    const { status, headers, body } = await desk.posts(ORDER);

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
    expect(await desk.asks('GET /orders/{orderId}', { orderId })).toMatchObject({ status: 200, body: { status: 'RECEIVED' } });
    await desk.connects('connection-1');
    expect(await desk.feed.hears('connection-1', { action: 'subscribe', orderId, watchToken: body.watchToken }, { now: Date.now }))
      .toMatchObject({ type: 'order.status', status: 'RECEIVED' });
    expect(await desk.asks('POST /orders/{orderId}/cancel', { orderId })).toMatchObject({ status: 202 });
  });

  test('gets its first answer again, from whichever road it takes', async () => {
    const first = await desk.posts(ORDER);
    expect(await desk.posts(ORDER)).toEqual(first);
    expect(await desk.posts({ ...ORDER, note: 'is not kept' }, { headers: { 'idempotency-key': 'key-1' } })).toEqual(first);
    expect(stage.stepFunctions.started).toHaveLength(1);
  });

  test('has its links below the path of the stage', async () => {
    const { body, headers } = await desk.posts(ORDER, { event: { rawPath: '/shop/orders/' } });
    expect([body.links.order, headers.location]).toEqual(['/shop/orders/order-1', '/shop/orders/order-1']);
  });

  test('may come in base64, as JSON of any flavour', async () => {
    const body = Buffer.from(JSON.stringify(ORDER)).toString('base64');
    for (const type of ['application/json; charset=utf-8', 'application/JSON', 'application/vnd.shop.order+json']) {
      expect(await desk.posts(body, { headers: { 'content-type': type }, event: { isBase64Encoded: true } })).toMatchObject({ status: 202 });
    }
  });

  test('has no token to watch it with where an authorizer says who may', async () => {
    expect((await desk.asks('POST /orders', { body: ORDER }, { permits: desk.permits(false), feedUrl: undefined })).body).toEqual({
      orderId, status: 'RECEIVED', links: { order: '/orders/order-1', history: '/orders/order-1/history', cancel: '/orders/order-1/cancel' },
    });
  });
});

describe('an order that is wrong', () => {
  beforeEach(async () => open());

  // What JSON cannot carry reaches no API.
  const sendable = BAD_ORDERS.filter(([name, sent]) => sent !== undefined && !/not a number|without end|over 64|nested deeper/.test(name));
  test.each(sendable)('with %s is told so by field', async (_, sent, field, message) => {
    const before = await desk.everything();

    const { status, headers, body } = await desk.posts(JSON.stringify(sent));

    expect([status, headers['content-type']]).toEqual([400, 'application/problem+json']);
    expect(body).toMatchObject({ type: 'urn:problem-type:invalid', title: 'The request is not well formed', status: 400 });
    expect(body.errors).toContainEqual({ field, message: expect.stringContaining(message) });
    expect(body.detail).toContain(`${field}: `);
    expect(await desk.everything()).toEqual(before);
  });

  test.each([
    ['over 64 KiB', { body: { ...ORDER, note: 'x'.repeat(64 * 1024) } }, 413, 'are more than the 65536 that are allowed'],
    ['nested without end', { body: `{"deep":${'['.repeat(30_000)}${']'.repeat(30_000)}}` }, 400, 'nested deeper than 16 levels'],
    ['no JSON', { body: '{"orderId":' }, 400, 'this is not JSON'],
    ['nothing at all', { body: '', headers: { 'content-type': 'application/json' } }, 400, 'this is not JSON'],
    ['a form', { body: 'orderId=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'content-type: application/json'],
    ['of no type', { body: '{}', headers: { 'content-type': '' } }, 415, 'send JSON'],
    ['under an empty key', { body: ORDER, headers: { 'idempotency-key': '' } }, 400, 'idempotencyKey'],
  ])('because it is %s is refused', async (_, request: HttpRequest, status, detail) => {
    const before = await desk.everything();
    const reply = await desk.asks('POST /orders', request);
    expect(reply).toMatchObject({ status, body: { status, detail: expect.stringContaining(detail) } });
    expect(await desk.everything()).toEqual(before);
  });

  test('because another one has its id hears nothing of that one', async () => {
    await desk.posts({ ...ORDER, userId: 'user-2' });
    const { status, body } = await desk.posts(ORDER);
    expect(status).toBe(409);
    expect(body).toEqual({
      type: 'urn:problem-type:conflict', title: 'Another order is in the way', status: 409, detail: 'another order has this id',
    });
  });
});

describe('who reads an order', () => {
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

  test('sees what is theirs to see, and nothing of the saga', async () => {
    await open();
    await desk.shop.holds({ ...SECRETS, status: 'FAILED', version: 4, reason: 'ProcessPayment failed' });
    expect(await desk.asks('GET /orders/{orderId}', { orderId })).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: { ...anonymous, orderId, status: 'FAILED', version: 4, reason: 'ProcessPayment failed', createdAt: AT, updatedAt: AT },
    });
    const { body } = await desk.asks('GET /orders/{orderId}', { orderId });
    expect(Object.keys(body)).toHaveLength(9);
  });

  test('sees its history in order', async () => {
    await open();
    const entry = (status: string) => ({ status, at: AT, step: 'Step' });
    await desk.shop.holds({ history: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [index + 1, entry(`S${index + 1}`)])) });
    const { status, body } = await desk.asks('GET /orders/{orderId}/history', { orderId });
    expect(status).toBe(200);
    expect(body).toEqual({ orderId, history: Array.from({ length: 11 }, (_, index) => ({ version: index + 1, ...entry(`S${index + 1}`) })) });
  });

  const NOT_FOUND = {
    status: 404,
    body: { type: 'urn:problem-type:not-found', title: 'Not found', status: 404, detail: 'there is no such order, or it is not yours' },
  };
  const ROUTES = ['GET /orders/{orderId}', 'GET /orders/{orderId}/history', 'POST /orders/{orderId}/cancel'];

  test.each(ROUTES)('(%s) and is somebody else gets the answer for no order at all', async route => {
    await open(CLAIM);
    await desk.shop.holds({});
    const before = await desk.everything();
    const others = [
      await desk.asks(route, { orderId, authorizer: user('user-2') }),
      await desk.asks(route, { orderId: 'order-9', authorizer: user('user-2') }),
      await desk.asks(route, { orderId: 'order/9', authorizer: user('user-2') }),
      await desk.asks(route, { authorizer: user('user-2') }),
    ];
    others.forEach(reply => expect(reply).toMatchObject(NOT_FOUND));
    expect(new Set(others.map(reply => JSON.stringify(reply))).size).toBe(1);
    expect(await desk.everything()).toEqual(before);
  });

  test.each(ROUTES)('(%s) without a name shows the token of the order, while it is valid', async route => {
    await open(OPEN);
    const { watchToken } = (await desk.posts(ORDER, { authorizer: {} })).body;
    const second = (await desk.posts({ ...ORDER, orderId: 'order-2' })).body;
    const show = async (token: string | undefined, of = orderId) =>
      (await desk.asks(route, { orderId: of, authorizer: {}, headers: token === undefined ? {} : { 'x-watch-token': token } })).status;

    expect(await show(undefined)).toBe(404);
    expect(await show(second.watchToken)).toBe(404);
    expect(await show(`${watchToken}x`)).toBe(404);
    expect(await show(watchToken, 'order-9')).toBe(404);
    expect(await show(watchToken)).toBeLessThan(300);
    passes(TOKEN_VALIDITY_SECONDS * 1_000);
    expect(await show(watchToken)).toBe(404);
  });

  test('shows no token where there are none', async () => {
    await open(OPEN);
    await desk.shop.holds({});
    const reply = await desk.asks('GET /orders/{orderId}', { orderId, headers: { 'x-watch-token': 'x' } }, { permits: desk.permits(false) });
    expect(reply).toMatchObject(NOT_FOUND);
  });
});

describe('a caller whom a token names', () => {
  beforeEach(async () => open(CLAIM));

  test('orders for itself, said or not', async () => {
    expect(await desk.posts({ orderId, ...anonymous }, { authorizer: user('user-1') })).toMatchObject({ status: 202 });
    expect(await desk.posts(ORDER, { authorizer: user('user-1') })).toMatchObject({ status: 202 });
    expect(await desk.rows()).toEqual([expect.objectContaining({ userId: 'user-1' })]);
    expect(await desk.asks('GET /orders/{orderId}', { orderId, authorizer: { lambda: { sub: 'user-1' } } })).toMatchObject({ status: 200 });
  });

  test('orders for nobody else', async () => {
    const before = await desk.everything();
    const { status, body } = await desk.posts(ORDER, { authorizer: user('user-2') });
    expect([status, body.type]).toEqual([403, 'urn:problem-type:forbidden']);
    expect(await desk.everything()).toEqual(before);
  });

  test('with the key of somebody else gets an order of its own', async () => {
    const key = { 'idempotency-key': 'key-1' };
    const mine = await desk.posts(anonymous, { headers: key, authorizer: user('user-1') });
    const yours = await desk.posts(anonymous, { headers: key, authorizer: user('user-2') });
    expect(mine.body.orderId).not.toBe(yours.body.orderId);
    expect(await desk.asks('GET /orders/{orderId}', { orderId: mine.body.orderId, authorizer: user('user-2') })).toMatchObject({ status: 404 });
  });

  test.each([
    ['nothing', {}], ['no claims', { jwt: {} }], ['an empty claim', user('')], ['another claim', { lambda: { name: 'user-1' } }], ['a signature', BACKEND],
  ])('but shows %s is not let in', async (_, authorizer) => {
    await desk.shop.holds({});
    expect(await desk.posts(ORDER, { authorizer })).toMatchObject({ status: 403 });
    expect(await desk.asks('GET /orders/{orderId}', { orderId, authorizer })).toMatchObject({ status: 403 });
  });
});

describe('a backend', () => {
  beforeEach(async () => open());

  test('says for whom it orders', async () => {
    expect(await desk.posts({ orderId, ...anonymous })).toMatchObject({ status: 400, body: { errors: [{ field: 'userId', message: 'is missing' }] } });
  });

  test('is not let in without its signature', async () => {
    expect(await desk.posts(ORDER, { authorizer: user('user-1') })).toMatchObject({ status: 403, body: { detail: 'the request is not signed by an IAM identity' } });
    expect(await desk.posts(ORDER, { authorizer: {} })).toMatchObject({ status: 403 });
  });
});

describe('a decision', () => {
  const decide = async (body: unknown, authorizer: HttpRequest['authorizer'] = BACKEND, change = {}) =>
    desk.asks('POST /orders/{orderId}/decision', { orderId, body, authorizer, ...change });
  const wait = async () => {
    await desk.shop.holds({ status: 'PENDING_APPROVAL', waiting: WAITING });
    stage.stepFunctions.waiting.add('token-1');
  };

  test('wakes the order that waits for it', async () => {
    await open();
    await wait();
    expect(await decide({ approved: true, reason: 'a good customer' })).toMatchObject({ status: 202, body: { orderId, status: 'APPROVED' } });
    expect(stage.stepFunctions.answered).toEqual([{
      taskToken: 'token-1',
      output: JSON.stringify({ status: 'APPROVED', reason: 'a good customer', decidedBy: BACKEND.iam.userArn, decidedAt: AT }),
    }]);
  });

  test('that comes second finds nothing to decide', async () => {
    await open();
    await wait();
    await decide({ approved: false });
    expect(await decide({ approved: true })).toMatchObject({ status: 409, body: { type: 'urn:problem-type:nothing-to-decide' } });
    expect(stage.stepFunctions.answered).toHaveLength(1);
  });

  test('on an order that does not wait, or that is not there, says so', async () => {
    await open();
    await desk.shop.holds({ status: 'PAID' });
    expect(await decide({ approved: true })).toMatchObject({ status: 409, body: { detail: expect.stringContaining('its status is PAID') } });
    expect(await decide({ approved: true }, BACKEND, { orderId: 'order-9' })).toMatchObject({ status: 404 });
  });

  test.each([
    ['without an answer', {}, 'approved', 'is missing'],
    ['with an answer as text', { approved: 'yes' }, 'approved', 'is not true or false'],
    ['with a novel for a reason', { approved: true, reason: 'x'.repeat(501) }, 'reason', 'has more than 500 characters'],
    ['that is a list', [true], 'body', '[true] is not an object'],
    ['that is nothing', null, 'body', 'null is not an object'],
  ])('%s is refused by field', async (_, body, field, message) => {
    await open();
    await wait();
    expect(await decide(JSON.stringify(body))).toMatchObject({ status: 400, body: { errors: [{ field, message }] } });
    expect(stage.stepFunctions.answered).toEqual([]);
  });

  test.each([
    ['a list, as an HTTP API writes it', '[drivers managers]'], ['a list', ['managers']], ['the value', 'managers'], ['scopes', 'read managers'],
  ])('is for whoever has the claim as %s', async (_, groups) => {
    await open(CLAIM);
    await wait();
    expect(await decide({ approved: true }, user('boss', { 'cognito:groups': groups }))).toMatchObject({ status: 202 });
    expect(JSON.parse(stage.stepFunctions.answered[0].output)).toMatchObject({ decidedBy: 'boss' });
  });

  test.each([
    ['has no such claim', user('user-1')], ['has another value', user('user-1', { 'cognito:groups': '[managers-of-nothing]' })],
    ['has no name', { jwt: { claims: { 'cognito:groups': 'managers' } } }], ['is nobody', {}],
  ])('is not for whoever %s, even on its own order', async (_, authorizer) => {
    await open(CLAIM);
    await wait();
    expect(await decide({ approved: true }, authorizer)).toMatchObject({ status: 403, body: { detail: 'you may not decide on orders' } });
    expect(stage.stepFunctions.answered).toEqual([]);
  });

  test('is for nobody where nobody may', async () => {
    await open(OPEN);
    await wait();
    expect(await decide({ approved: true }, user('user-1', { 'cognito:groups': 'managers' }))).toMatchObject({ status: 403 });
  });
});

describe('what is not there, or not well', () => {
  beforeEach(async () => open());

  test('a route that nobody knows is not found', async () => {
    expect(await desk.asks('DELETE /orders/{orderId}', { orderId })).toMatchObject({ status: 404, body: { detail: 'there is no such route' } });
  });

  test.each([
    ['too many starts', { status: 400, name: 'ThrottlingException' }, 429, 'busy', '1'],
    ['too many executions', { status: 400, name: 'ExecutionLimitExceeded' }, 429, 'busy', '1'],
    ['an outage', { status: 500, name: 'InternalFailure' }, 503, 'unavailable', '2'],
  ])('%s of Step Functions is told with a time to come back', async (_, mishap, status, kind, retryAfter) => {
    stage.stepFunctions.mishaps.push(mishap);
    const reply = await desk.posts(ORDER);
    expect(reply).toMatchObject({ status, headers: { 'retry-after': retryAfter }, body: { type: `urn:problem-type:${kind}`, detail: expect.stringContaining('send the same again') } });
    expect(await desk.posts(ORDER)).toMatchObject({ status: 202 });
    expect(stage.stepFunctions.started).toHaveLength(1);
  });

  test.each([
    ['of the row', 'PutItem', [arrives, answerLost]], ['of the lock', 'PutItem', [answerLost]], ['of the stored answer', 'UpdateItem', [answerLost]],
  ])('an answer %s that is lost is told with a time to come back', async (_, operation, faults) => {
    desk.wire.next(operation, ...faults);
    expect(await desk.posts(ORDER)).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
    expect(await desk.posts(ORDER)).toMatchObject({ status: 202 });
    expect(await desk.rows()).toHaveLength(1);
    expect(stage.stepFunctions.started).toHaveLength(1);
  });

  test('an answer of Step Functions that is lost is told with a time to come back', async () => {
    desk.workflowWire.next('StartExecution', answerLost);
    expect(await desk.posts(ORDER)).toMatchObject({ status: 503 });
    expect(await desk.posts(ORDER)).toMatchObject({ status: 202 });
    expect(stage.stepFunctions.started).toHaveLength(1);
  });

  test.each([
    ['ProvisionedThroughputExceededException', 429], ['ThrottlingException', 429], ['RequestLimitExceeded', 429], ['InternalServerError', 503],
  ])('a database that keeps saying %s is told with a time to come back', async (name, status) => {
    desk.wire.next('GetItem', ...Array(8).fill(refusedWith(name)));
    expect(await desk.asks('GET /orders/{orderId}', { orderId })).toMatchObject({ status, headers: { 'retry-after': expect.any(String) } });
    desk.wire.next('PutItem', refusedWith(name));
    expect(await desk.posts(ORDER)).toMatchObject({ status });
  });

  test('a fault of ours is logged, and shows nothing of itself', async () => {
    stage.stepFunctions.mishaps.push({ status: 400, name: 'AccessDeniedException' });
    const { status, body } = await desk.posts(ORDER);
    expect([status, body]).toEqual([500, {
      type: 'urn:problem-type:internal', title: 'Internal error', status: 500, detail: 'this is a fault of ours: it has been logged',
    }]);
    expect(stage.logs.map(line => JSON.parse(line))).toMatchObject([{ what: 'POST /orders failed', error: 'AccessDeniedException', message: expect.any(String) }]);
  });

  test('a secret that cannot be read holds up the token, not the order', async () => {
    stage.services.mood = ({ operation }) => operation === 'GetSecretValue' ? { status: 500, name: 'InternalServiceError' } : undefined;
    expect(await desk.posts(ORDER)).toMatchObject({ status: 503 });
    stage.services.mood = () => undefined;
    expect(await desk.posts(ORDER)).toMatchObject({ status: 202, body: { watchToken: expect.any(String) } });
    expect(stage.stepFunctions.started).toHaveLength(1);
  });
});
