import { BACKEND, CLAIM, HttpRequest, IAM, OPEN, IntakeFixture, TOKEN_VALIDITY_SECONDS, advance } from '../../support/intake-fixture';
import { responseLost, arrives, refusedWith } from '../../support/request-faults';
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

  test('gets its first answer again, from whichever road it takes', async () => {
    const first = await fixture.postOrder(ORDER);
    expect(await fixture.postOrder(ORDER)).toEqual(first);
    expect(await fixture.postOrder({ ...ORDER, note: 'is not kept' }, { headers: { 'idempotency-key': 'key-1' } })).toEqual(first);
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test('has its links below the path of the stage', async () => {
    const { body, headers } = await fixture.postOrder(ORDER, { event: { rawPath: '/shop/orders/' } });
    expect([body.links.order, headers.location]).toEqual(['/shop/orders/order-1', '/shop/orders/order-1']);
  });

  test('may come in base64, as JSON of any flavour', async () => {
    const body = Buffer.from(JSON.stringify(ORDER)).toString('base64');
    for (const type of ['application/json; charset=utf-8', 'application/JSON', 'application/vnd.shop.order+json']) {
      expect(await fixture.postOrder(body, { headers: { 'content-type': type }, event: { isBase64Encoded: true } })).toMatchObject({ status: 202 });
    }
  });

  test('has no token to watch it with where an authorizer says who may', async () => {
    expect((await fixture.request('POST /orders', { body: ORDER }, { permits: fixture.permits(false), feedUrl: undefined })).body).toEqual({
      orderId, status: 'RECEIVED', links: { order: '/orders/order-1', history: '/orders/order-1/history', cancel: '/orders/order-1/cancel' },
    });
  });
});

describe('an order that is wrong', () => {
  beforeEach(async () => open());

  // What JSON cannot carry reaches no API.
  const sendable = BAD_ORDERS.filter(([name, sent]) => sent !== undefined && !/not a number|without end|over 64|nested deeper/.test(name));
  test.each(sendable)('with %s is told so by field', async (_, sent, field, message) => {
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

  test('because another one has its id hears nothing of that one', async () => {
    await fixture.postOrder({ ...ORDER, userId: 'user-2' });
    const { status, body } = await fixture.postOrder(ORDER);
    expect(status).toBe(409);
    expect(body).toEqual({
      type: 'urn:problem-type:conflict', title: 'Conflict with another order', status: 409, detail: 'another order has this id',
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

  test.each(ROUTES)('(%s) and is somebody else gets the answer for no order at all', async route => {
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

  test.each(ROUTES)('(%s) without a name shows the token of the order, while it is valid', async route => {
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

  test('shows no token where there are none', async () => {
    await open(OPEN);
    await fixture.shop.putOrder({});
    const reply = await fixture.request('GET /orders/{orderId}', { orderId, headers: { 'x-watch-token': 'x' } }, { permits: fixture.permits(false) });
    expect(reply).toMatchObject(NOT_FOUND);
  });
});

describe('a caller whom a token names', () => {
  beforeEach(async () => open(CLAIM));

  test('orders for itself, said or not', async () => {
    expect(await fixture.postOrder({ orderId, ...anonymous }, { authorizer: user('user-1') })).toMatchObject({ status: 202 });
    expect(await fixture.postOrder(ORDER, { authorizer: user('user-1') })).toMatchObject({ status: 202 });
    expect(await fixture.rows()).toEqual([expect.objectContaining({ userId: 'user-1' })]);
    expect(await fixture.request('GET /orders/{orderId}', { orderId, authorizer: { lambda: { sub: 'user-1' } } })).toMatchObject({ status: 200 });
  });

  test('orders for nobody else', async () => {
    const before = await fixture.snapshot();
    const { status, body } = await fixture.postOrder(ORDER, { authorizer: user('user-2') });
    expect([status, body.type]).toEqual([403, 'urn:problem-type:forbidden']);
    expect(await fixture.snapshot()).toEqual(before);
  });

  test('with the key of somebody else gets an order of its own', async () => {
    const key = { 'idempotency-key': 'key-1' };
    const mine = await fixture.postOrder(anonymous, { headers: key, authorizer: user('user-1') });
    const yours = await fixture.postOrder(anonymous, { headers: key, authorizer: user('user-2') });
    expect(mine.body.orderId).not.toBe(yours.body.orderId);
    expect(await fixture.request('GET /orders/{orderId}', { orderId: mine.body.orderId, authorizer: user('user-2') })).toMatchObject({ status: 404 });
  });

  test.each([
    ['nothing', {}], ['no claims', { jwt: {} }], ['an empty claim', user('')], ['another claim', { lambda: { name: 'user-1' } }], ['a signature', BACKEND],
  ])('but shows %s is not let in', async (_, authorizer) => {
    await fixture.shop.putOrder({});
    expect(await fixture.postOrder(ORDER, { authorizer })).toMatchObject({ status: 403 });
    expect(await fixture.request('GET /orders/{orderId}', { orderId, authorizer })).toMatchObject({ status: 403 });
  });
});

describe('a backend', () => {
  beforeEach(async () => open());

  test('says for whom it orders', async () => {
    expect(await fixture.postOrder({ orderId, ...anonymous })).toMatchObject({ status: 400, body: { errors: [{ field: 'userId', message: 'is missing' }] } });
  });

  test('is not let in without its signature', async () => {
    expect(await fixture.postOrder(ORDER, { authorizer: user('user-1') })).toMatchObject({ status: 403, body: { detail: 'the request is not signed by an IAM identity' } });
    expect(await fixture.postOrder(ORDER, { authorizer: {} })).toMatchObject({ status: 403 });
  });
});

describe('a decision', () => {
  const decide = async (body: unknown, authorizer: HttpRequest['authorizer'] = BACKEND, change = {}) =>
    fixture.request('POST /orders/{orderId}/decision', { orderId, body, authorizer, ...change });
  const wait = async () => {
    await fixture.shop.putOrder({ status: 'PENDING_APPROVAL', waiting: WAITING });
    started.stepFunctions.waiting.add('token-1');
  };

  test('wakes the order that waits for it', async () => {
    await open();
    await wait();
    expect(await decide({ approved: true, reason: 'a good customer' })).toMatchObject({ status: 202, body: { orderId, status: 'APPROVED' } });
    expect(started.stepFunctions.answered).toEqual([{
      taskToken: 'token-1',
      output: JSON.stringify({ status: 'APPROVED', reason: 'a good customer', decidedBy: BACKEND.iam.userArn, decidedAt: AT }),
    }]);
  });

  test('that comes second finds nothing to decide', async () => {
    await open();
    await wait();
    await decide({ approved: false });
    expect(await decide({ approved: true })).toMatchObject({ status: 409, body: { type: 'urn:problem-type:nothing-to-decide' } });
    expect(started.stepFunctions.answered).toHaveLength(1);
  });

  test('on an order that does not wait, or that is not there, says so', async () => {
    await open();
    await fixture.shop.putOrder({ status: 'PAID' });
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
    expect(started.stepFunctions.answered).toEqual([]);
  });

  test.each([
    ['a list, as an HTTP API writes it', '[drivers managers]'], ['a list', ['managers']], ['the value', 'managers'], ['scopes', 'read managers'],
  ])('is for whoever has the claim as %s', async (_, groups) => {
    await open(CLAIM);
    await wait();
    expect(await decide({ approved: true }, user('boss', { 'cognito:groups': groups }))).toMatchObject({ status: 202 });
    expect(JSON.parse(started.stepFunctions.answered[0].output)).toMatchObject({ decidedBy: 'boss' });
  });

  test.each([
    ['has no such claim', user('user-1')], ['has another value', user('user-1', { 'cognito:groups': '[managers-of-nothing]' })],
    ['has no name', { jwt: { claims: { 'cognito:groups': 'managers' } } }], ['is nobody', {}],
  ])('is not for whoever %s, even on its own order', async (_, authorizer) => {
    await open(CLAIM);
    await wait();
    expect(await decide({ approved: true }, authorizer)).toMatchObject({ status: 403, body: { detail: 'the caller may not decide on orders' } });
    expect(started.stepFunctions.answered).toEqual([]);
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
    expect(await fixture.request('DELETE /orders/{orderId}', { orderId })).toMatchObject({ status: 404, body: { detail: 'no such route' } });
  });

  test.each([
    ['too many starts', { status: 400, name: 'ThrottlingException' }, 429, 'busy', '1'],
    ['too many executions', { status: 400, name: 'ExecutionLimitExceeded' }, 429, 'busy', '1'],
    ['an outage', { status: 500, name: 'InternalFailure' }, 503, 'unavailable', '2'],
  ])('%s of Step Functions is told with a time to come back', async (_, mishap, status, kind, retryAfter) => {
    started.stepFunctions.faults.push(mishap);
    const reply = await fixture.postOrder(ORDER);
    expect(reply).toMatchObject({ status, headers: { 'retry-after': retryAfter }, body: { type: `urn:problem-type:${kind}`, detail: expect.stringContaining(`retry after ${retryAfter} s`) } });
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 202 });
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test.each([
    ['of the row', 'PutItem', [arrives, responseLost]], ['of the lock', 'PutItem', [responseLost]], ['of the stored answer', 'UpdateItem', [responseLost]],
  ])('an answer %s that is lost is told with a time to come back', async (_, operation, faults) => {
    fixture.requests.next(operation, ...faults);
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 202 });
    expect(await fixture.rows()).toHaveLength(1);
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test('an answer of Step Functions that is lost is told with a time to come back', async () => {
    fixture.workflowRequests.next('StartExecution', responseLost);
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 503 });
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 202 });
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test.each([
    ['ProvisionedThroughputExceededException', 429], ['ThrottlingException', 429], ['RequestLimitExceeded', 429], ['InternalServerError', 503],
  ])('a database that keeps saying %s is told with a time to come back', async (name, status) => {
    fixture.requests.next('GetItem', ...Array(8).fill(refusedWith(name)));
    expect(await fixture.request('GET /orders/{orderId}', { orderId })).toMatchObject({ status, headers: { 'retry-after': expect.any(String) } });
    fixture.requests.next('PutItem', refusedWith(name));
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status });
  });

  test('a fault of ours is logged, and shows nothing of itself', async () => {
    started.stepFunctions.faults.push({ status: 400, name: 'AccessDeniedException' });
    const { status, body } = await fixture.postOrder(ORDER);
    expect([status, body]).toEqual([500, {
      type: 'urn:problem-type:internal', title: 'Internal error', status: 500, detail: 'internal error',
    }]);
    expect(started.logs.map(line => JSON.parse(line))).toMatchObject([{ what: 'POST /orders failed', error: 'AccessDeniedException', message: expect.any(String) }]);
  });

  test('a secret that cannot be read holds up the token, not the order', async () => {
    started.services.fault = ({ operation }) => operation === 'GetSecretValue' ? { status: 500, name: 'InternalServiceError' } : undefined;
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 503 });
    started.services.fault = () => undefined;
    expect(await fixture.postOrder(ORDER)).toMatchObject({ status: 202, body: { watchToken: expect.any(String) } });
    expect(started.stepFunctions.started).toHaveLength(1);
  });
});
