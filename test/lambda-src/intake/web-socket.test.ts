import { IntakeFixture } from '../../support/intake-fixture';
import { after, refusedWith } from '../../support/request-faults';
import { AT, LATER, ORDER } from '../../support/shop-fixture';
import { startIntakes } from '../../support/start-intakes';

const started = startIntakes();
let fixture: IntakeFixture;
beforeEach(async () => {
  fixture = await started.open();
  await fixture.connect('known', 'user-1');
  await fixture.connect('guest');
});

const { orderId, userId, ...anonymous } = ORDER;
const submit = async (connectionId: string, order: unknown = ORDER, change: object = {}, settings = {}) =>
  fixture.sendMessage(connectionId, { action: 'submitOrder', order, ...change }, settings);
const cancel = async (connectionId: string, change: object = {}) => fixture.sendMessage(connectionId, { action: 'cancelOrder', orderId, ...change });
const watchers = async () => (await fixture.feed.connectionItems()).filter(kept => kept.orderId === orderId).map(kept => kept.connectionId);

describe('a client that orders', () => {
  test('is notified that its order was received, and watches it', async () => {
    expect(await submit('guest')).toEqual({
      type: 'order.accepted', orderId, status: 'RECEIVED', version: 1, subscribed: true, watchToken: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(await watchers()).toEqual(['guest']);
    expect(started.stepFunctions.started).toEqual([{ name: orderId, input: ORDER }]);
  });

  test('watches before its order starts, so that it misses none of its statuses', async () => {
    let watching: string[] = [];
    fixture.workflowRequests.next('StartExecution', after(async () => {
      watching = await watchers();
    }));

    await submit('guest');

    expect(watching).toEqual(['guest']);
  });

  test('gets its order started although it cannot watch it', async () => {
    fixture.shop.requests.next('TransactWriteItems', refusedWith('InternalServerError'), refusedWith('InternalServerError'));

    expect(await submit('guest')).toMatchObject({ type: 'order.accepted', orderId, subscribed: false });
    expect(started.stepFunctions.started).toEqual([{ name: orderId, input: ORDER }]);
  });

  test('with a principal orders for itself, and needs no token', async () => {
    expect(await submit('known', { orderId, ...anonymous }, {}, { withTokens: false })).toEqual({
      type: 'order.accepted', orderId, status: 'RECEIVED', version: 1, subscribed: true,
    });
    expect(await fixture.shop.row()).toMatchObject({ userId: 'user-1' });
    expect(await watchers()).toEqual(['known']);
  });

  test('does not order for another user', async () => {
    const before = await fixture.snapshot();
    expect(await submit('known', { ...ORDER, userId: 'user-2' })).toMatchObject({ type: 'error', code: 'forbidden', orderId });
    expect(await fixture.snapshot()).toEqual(before);
  });

  test('again receives the current status of its order', async () => {
    await submit('guest');
    await fixture.shop.alterOrder(orderId, { status: 'VALID', version: 2, owner: 'me' });
    expect(await submit('guest')).toMatchObject({ type: 'order.accepted', status: 'VALID', version: 2 });
    expect(started.stepFunctions.started).toHaveLength(1);
  });

  test('with a key gets an order of its own', async () => {
    const [mine, same] = [await submit('known', anonymous, { idempotencyKey: 'key-1' }), await submit('known', anonymous, { idempotencyKey: 'key-1' })];
    const yours = await submit('guest', { ...anonymous, userId: 'user-2' }, { idempotencyKey: 'key-1' });
    expect(same).toEqual(mine);
    expect(yours).toMatchObject({ type: 'order.accepted' });
    expect(await fixture.rows()).toHaveLength(2);
  });

  test('with too many subscriptions is notified that it does not watch this one', async () => {
    await submit('guest', { ...ORDER, orderId: 'order-0' });
    expect(await submit('guest', ORDER, {}, { maxSubscriptions: 1 })).toMatchObject({
      type: 'order.accepted', orderId, status: 'RECEIVED', version: 1, subscribed: false,
    });
  });

  test('something invalid receives the errors by field', async () => {
    expect(await submit('guest', { ...ORDER, totalAmount: 1, userId: 5 })).toMatchObject({
      type: 'error', code: 'bad-request', orderId, errors: [{ field: 'userId' }, { field: 'totalAmount' }],
    });
  });

  test('under the id of another order receives nothing of it', async () => {
    await fixture.postOrder({ ...ORDER, userId: 'user-2' });
    expect(await submit('known')).toEqual({ type: 'error', code: 'conflict', message: 'another order has this id', orderId });
    expect(await watchers()).toEqual([]);
  });
});

describe('a client that cancels', () => {
  test('its own order is notified that the cancellation was requested', async () => {
    await fixture.shop.putOrder({ status: 'PENDING_APPROVAL', waiting: { step: 'S', token: 'token-1', until: LATER, accepted: 'A', rejected: 'R' } });
    started.stepFunctions.waiting.add('token-1');
    expect(await cancel('known')).toEqual({ type: 'order.cancelling', orderId, status: 'PENDING_APPROVAL' });
    expect(await fixture.shop.row()).toMatchObject({ cancelRequestedAt: AT });
    expect(started.stepFunctions.answered).toHaveLength(1);
  });

  test('without a principal needs the token of the order', async () => {
    const accepted = await submit('guest');
    expect(await cancel('guest')).toMatchObject({ type: 'error', code: 'not-found', orderId });
    expect(await cancel('guest', { watchToken: 'wrong' })).toMatchObject({ type: 'error', code: 'not-found' });
    expect(await cancel('guest', { watchToken: (accepted as { watchToken: string }).watchToken })).toMatchObject({ type: 'order.cancelling' });
  });

  test('the order of another user receives the response for a missing order', async () => {
    await fixture.shop.putOrder({ userId: 'user-2' });
    const theirs = await cancel('known');
    expect(theirs).toEqual({ type: 'error', code: 'not-found', message: 'no such order, or the caller may not access it', orderId });
    expect({ ...await cancel('known', { orderId: 'order-9' }), orderId }).toEqual(theirs);
    expect(await fixture.shop.row()).not.toHaveProperty('cancelRequestedAt');
  });

  test('too late receives an error', async () => {
    await fixture.shop.putOrder({ status: 'COMPLETED' });
    await fixture.shop.alterOrder(orderId, { openSince: undefined });
    expect(await cancel('known')).toMatchObject({ type: 'error', code: 'too-late', orderId });
  });
});

describe('a message', () => {
  test.each([
    ['that is no JSON', '{', 'order'],
    ['that is no object', '7', 'action'],
    ['that is nothing', 'null', 'action'],
    ['without an action', { order: ORDER }, 'action'],
    ['with an action of the feed', { action: 'subscribe', orderId }, 'action'],
    ['that cancels nothing', { action: 'cancelOrder' }, 'orderId'],
    ['with a token that is none', { action: 'cancelOrder', orderId, watchToken: 5 }, 'watchToken'],
    ['that orders nothing', { action: 'submitOrder' }, 'order'],
  ])('%s is refused', async (_, message, field) => {
    expect(await fixture.sendMessage('guest', message)).toMatchObject({ type: 'error', code: 'bad-request', errors: [{ field }] });
  });

  test('over 28 KiB is refused', async () => {
    expect(await submit('guest', { ...ORDER, note: 'x'.repeat(28 * 1024) })).toMatchObject({ type: 'error', code: 'message-too-large' });
  });

  test('over an unknown connection is refused', async () => {
    expect(await submit('unknown')).toEqual({ type: 'error', code: 'unavailable', message: 'unknown connection: connect again' });
    expect(await fixture.rows()).toEqual([]);
  });

  test.each([
    ['ThrottlingException', 'busy'], ['AccessDeniedException', 'internal'],
  ])('that fails with %s is logged, and answered without a trace of it', async (name, code) => {
    fixture.requests.next('PutItem', refusedWith(name));
    const answer = await submit('guest');
    expect(answer).toMatchObject({ type: 'error', code, orderId });
    expect(JSON.stringify(answer)).not.toContain(name);
    expect(started.logs.map(line => JSON.parse(line))).toMatchObject([{ what: 'submitOrder failed', connectionId: 'guest', error: name }]);
    expect(await submit('guest')).toMatchObject({ type: 'order.accepted' });
  });
});
