import { cancelOrder } from '../../../lambda-src/intake/cancel-order';
import { reserveInventory } from '../../../lambda-src/inventory/reserve';
import { CLAIM, HttpReply, HttpRequest, OPEN, IntakeFixture, advance } from '../../support/intake-fixture';
import { after, responseLost } from '../../support/request-faults';
import { AT, LATER, ORDER, ShopFixture, reserving } from '../../support/shop-fixture';
import { startIntakes } from '../../support/start-intakes';

const started = startIntakes();
let fixture: IntakeFixture;
let shop: ShopFixture;
beforeEach(async () => {
  fixture = await started.open({ rules: CLAIM });
  ({ shop } = fixture);
});

const { orderId } = ORDER;
const WAITING = { step: 'AwaitApproval', token: 'token-1', until: LATER, accepted: 'APPROVED', rejected: 'NOT_APPROVED' };
const UNDO = { cause: 'failed', from: 'ReserveInventory', done: {} } as const;
const cancel = async (request: HttpRequest = {}): Promise<HttpReply> =>
  fixture.request('POST /orders/{orderId}/cancel', { orderId, authorizer: { jwt: { claims: { sub: 'user-1' } } }, ...request });

describe('a cancel', () => {
  test.each(['RECEIVED', 'VALID', 'RESERVED', 'PAID'])('of an order that is %s is put on its row, and changes nothing else', async status => {
    await shop.putOrder({ status });
    const row = await shop.row();

    expect(await cancel()).toMatchObject({ status: 202, body: { orderId, status } });

    expect(await shop.row()).toEqual({ ...row, cancelRequestedAt: AT });
    expect(started.stepFunctions.answered).toEqual([]);
  });

  test('is seen by the next step that makes an effect', async () => {
    await shop.putProducts({ productId: 'prod-1', price: 29.99, stock: 5 });
    const order = await shop.putOrder({});
    await cancel();
    expect(await reserveInventory(shop, order, reserving())).toMatchObject({ status: 'CANCELLED' });
    expect(await shop.stockOf('prod-1')).toBe(5);
  });

  test('resumes an order that waits for a decision', async () => {
    await shop.putOrder({ status: 'PENDING_APPROVAL', waiting: WAITING });
    started.stepFunctions.waiting.add('token-1');
    expect(await cancel()).toMatchObject({ status: 202 });
    expect(started.stepFunctions.answered).toEqual([{ taskToken: 'token-1', error: 'OrderCancelled', cause: 'the customer cancelled the order' }]);
  });

  test('of an order whose wait has just ended is left to the saga', async () => {
    await shop.putOrder({ status: 'PENDING_APPROVAL', waiting: WAITING });
    expect(await cancel()).toMatchObject({ status: 202 });
    expect(await shop.row()).toMatchObject({ cancelRequestedAt: AT });
  });

  test('that could not resume the order can be repeated, and keeps its first time', async () => {
    await shop.putOrder({ status: 'PENDING_APPROVAL', waiting: WAITING });
    started.stepFunctions.waiting.add('token-1');
    started.stepFunctions.faults.push({ status: 400, name: 'ThrottlingException' });
    expect(await cancel()).toMatchObject({ status: 429 });
    advance(1_000);
    expect(await cancel()).toMatchObject({ status: 202 });
    expect(started.stepFunctions.answered).toHaveLength(1);
    expect(await shop.row()).toMatchObject({ cancelRequestedAt: AT });
  });

  test('whose answer is lost can be sent again', async () => {
    await shop.putOrder({ status: 'PENDING_APPROVAL', waiting: WAITING });
    started.stepFunctions.waiting.add('token-1');
    fixture.workflowRequests.next('SendTaskFailure', responseLost);
    expect(await cancel()).toMatchObject({ status: 503 });
    expect(await cancel()).toMatchObject({ status: 202 });
    expect(started.stepFunctions.answered).toHaveLength(1);
  });

  test.each([
    ['is complete', { status: 'COMPLETED' }], ['was refused', { status: 'OUT_OF_STOCK' }], ['failed', { status: 'FAILED', undo: UNDO }],
  ])('of an order that %s comes too late', async (_, row) => {
    await shop.putOrder(row);
    if (!('undo' in row)) await shop.alterOrder(orderId, { openSince: undefined });
    const before = await fixture.snapshot();
    expect(await cancel()).toMatchObject({
      status: 409, body: { type: 'urn:problem-type:too-late', detail: `the order can no longer be cancelled: its status is ${row.status}` },
    });
    expect(await fixture.snapshot()).toEqual(before);
  });

  test('of an order that completes in that moment comes too late', async () => {
    await shop.putOrder({ status: 'PAID' });
    fixture.requests.next('UpdateItem', after(async () => shop.alterOrder(orderId, { status: 'COMPLETED', openSince: undefined })));
    expect(await cancel()).toMatchObject({ status: 409 });
    expect(await shop.row()).not.toHaveProperty('cancelRequestedAt');
  });

  test('that is repeated when the order was undone gets the answer that it had', async () => {
    await shop.putOrder({});
    await cancel();
    await shop.alterOrder(orderId, { status: 'CANCELLED', undo: { ...UNDO, cause: 'cancelled' } });
    expect(await cancel()).toMatchObject({ status: 202, body: { status: 'CANCELLED' } });
  });

  test('of an order that is deleted in that moment does not bring it back', async () => {
    await expect(cancelOrder(fixture.intake, orderId)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await fixture.rows()).toEqual([]);
  });
});

describe('the caller that cancels', () => {
  test('is the user of the order, and no other user', async () => {
    await shop.putOrder({});
    const before = await fixture.snapshot();
    expect(await cancel({ authorizer: { jwt: { claims: { sub: 'user-2' } } } })).toMatchObject({ status: 404 });
    expect(await fixture.snapshot()).toEqual(before);
    expect(await cancel()).toMatchObject({ status: 202 });
  });

  test('or a caller with the token of the order, in the body or in the header', async () => {
    fixture = await started.open({ rules: OPEN });
    const { watchToken } = (await fixture.postOrder(ORDER)).body;
    expect(await cancel({ body: {} })).toMatchObject({ status: 404 });
    expect(await cancel({ body: { watchToken: 'wrong' }, headers: { 'x-watch-token': watchToken } })).toMatchObject({ status: 404 });
    expect((await fixture.rows())[0]).not.toHaveProperty('cancelRequestedAt');
    expect(await cancel({ body: { watchToken } })).toMatchObject({ status: 202 });
    expect(await cancel({ headers: { 'x-watch-token': watchToken } })).toMatchObject({ status: 202 });
  });

  test.each([
    [[], 400], [{ watchToken: 5 }, 400], ['"token"', 400], ['{', 400],
  ])('with the body %j is answered with %i', async (body, status) => {
    await shop.putOrder({});
    expect(await cancel({ body })).toMatchObject({ status });
  });

  test('with a body over 64 KiB is refused', async () => {
    await shop.putOrder({});
    expect(await cancel({ body: { watchToken: 'x'.repeat(64 * 1024) } })).toMatchObject({ status: 413 });
  });

  test('with a form is refused with 415', async () => {
    await shop.putOrder({});
    expect(await cancel({ body: 'token=x', headers: { 'content-type': 'text/plain' } })).toMatchObject({ status: 415 });
  });
});
