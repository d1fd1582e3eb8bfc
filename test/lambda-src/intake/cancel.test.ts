import { cancelOrder } from '../../../lambda-src/intake/cancel-order';
import { reserveInventory } from '../../../lambda-src/inventory/reserve';
import { backstage } from '../../support/backstage';
import { CLAIM, HttpReply, HttpRequest, OPEN, OrderDesk, passes } from '../../support/order-desk';
import { AT, LATER, ORDER, Shop, reserving } from '../../support/shop';
import { after, answerLost } from '../../support/wire';

const stage = backstage();
let desk: OrderDesk;
let shop: Shop;
beforeEach(async () => {
  desk = await stage.open({ rules: CLAIM });
  ({ shop } = desk);
});

const { orderId } = ORDER;
const WAITING = { step: 'AwaitApproval', token: 'token-1', until: LATER, accepted: 'APPROVED', rejected: 'NOT_APPROVED' };
const UNDO = { cause: 'failed', from: 'ReserveInventory', done: {} } as const;
const cancel = async (request: HttpRequest = {}): Promise<HttpReply> =>
  desk.asks('POST /orders/{orderId}/cancel', { orderId, authorizer: { jwt: { claims: { sub: 'user-1' } } }, ...request });

describe('a cancel', () => {
  test.each(['RECEIVED', 'VALID', 'RESERVED', 'PAID'])('of an order that is %s is put on its row, and changes nothing else', async status => {
    await shop.holds({ status });
    const row = await shop.row();

    expect(await cancel()).toMatchObject({ status: 202, body: { orderId, status } });

    expect(await shop.row()).toEqual({ ...row, cancelRequestedAt: AT });
    expect(stage.stepFunctions.answered).toEqual([]);
  });

  test('is seen by the next step that makes an effect', async () => {
    await shop.sells({ productId: 'prod-1', price: 29.99, stock: 5 });
    const order = await shop.holds({});
    await cancel();
    expect(await reserveInventory(shop, order, reserving())).toMatchObject({ status: 'CANCELLED' });
    expect(await shop.stockOf('prod-1')).toBe(5);
  });

  test('wakes an order that waits for a decision', async () => {
    await shop.holds({ status: 'PENDING_APPROVAL', waiting: WAITING });
    stage.stepFunctions.waiting.add('token-1');
    expect(await cancel()).toMatchObject({ status: 202 });
    expect(stage.stepFunctions.answered).toEqual([{ taskToken: 'token-1', error: 'OrderCancelled', cause: 'the customer cancelled the order' }]);
  });

  test('of an order whose wait has just ended is left to the saga', async () => {
    await shop.holds({ status: 'PENDING_APPROVAL', waiting: WAITING });
    expect(await cancel()).toMatchObject({ status: 202 });
    expect(await shop.row()).toMatchObject({ cancelRequestedAt: AT });
  });

  test('that could not wake the order can be sent again, and keeps its first time', async () => {
    await shop.holds({ status: 'PENDING_APPROVAL', waiting: WAITING });
    stage.stepFunctions.waiting.add('token-1');
    stage.stepFunctions.mishaps.push({ status: 400, name: 'ThrottlingException' });
    expect(await cancel()).toMatchObject({ status: 429 });
    passes(1_000);
    expect(await cancel()).toMatchObject({ status: 202 });
    expect(stage.stepFunctions.answered).toHaveLength(1);
    expect(await shop.row()).toMatchObject({ cancelRequestedAt: AT });
  });

  test('whose answer is lost can be sent again', async () => {
    await shop.holds({ status: 'PENDING_APPROVAL', waiting: WAITING });
    stage.stepFunctions.waiting.add('token-1');
    desk.workflowWire.next('SendTaskFailure', answerLost);
    expect(await cancel()).toMatchObject({ status: 503 });
    expect(await cancel()).toMatchObject({ status: 202 });
    expect(stage.stepFunctions.answered).toHaveLength(1);
  });

  test.each([
    ['is complete', { status: 'COMPLETED' }], ['was refused', { status: 'OUT_OF_STOCK' }], ['failed', { status: 'FAILED', undo: UNDO }],
  ])('of an order that %s comes too late', async (_, row) => {
    await shop.holds(row);
    if (!('undo' in row)) await shop.alters(orderId, { openSince: undefined });
    const before = await desk.everything();
    expect(await cancel()).toMatchObject({
      status: 409, body: { type: 'urn:problem-type:too-late', detail: `the order can no longer be cancelled: its status is ${row.status}` },
    });
    expect(await desk.everything()).toEqual(before);
  });

  test('of an order that completes in that moment comes too late', async () => {
    await shop.holds({ status: 'PAID' });
    desk.wire.next('UpdateItem', after(async () => shop.alters(orderId, { status: 'COMPLETED', openSince: undefined })));
    expect(await cancel()).toMatchObject({ status: 409 });
    expect(await shop.row()).not.toHaveProperty('cancelRequestedAt');
  });

  test('that is repeated when the order was undone gets the answer that it had', async () => {
    await shop.holds({});
    await cancel();
    await shop.alters(orderId, { status: 'CANCELLED', undo: { ...UNDO, cause: 'cancelled' } });
    expect(await cancel()).toMatchObject({ status: 202, body: { status: 'CANCELLED' } });
  });

  test('of an order that is deleted in that moment does not bring it back', async () => {
    await expect(cancelOrder(desk.intake, orderId)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await desk.rows()).toEqual([]);
  });
});

describe('who cancels', () => {
  test('is the user of the order, and nobody else', async () => {
    await shop.holds({});
    const before = await desk.everything();
    expect(await cancel({ authorizer: { jwt: { claims: { sub: 'user-2' } } } })).toMatchObject({ status: 404 });
    expect(await desk.everything()).toEqual(before);
    expect(await cancel()).toMatchObject({ status: 202 });
  });

  test('or whoever shows the token of the order, in the body or beside it', async () => {
    desk = await stage.open({ rules: OPEN });
    const { watchToken } = (await desk.posts(ORDER)).body;
    expect(await cancel({ body: {} })).toMatchObject({ status: 404 });
    expect(await cancel({ body: { watchToken: 'wrong' }, headers: { 'x-watch-token': watchToken } })).toMatchObject({ status: 404 });
    expect((await desk.rows())[0]).not.toHaveProperty('cancelRequestedAt');
    expect(await cancel({ body: { watchToken } })).toMatchObject({ status: 202 });
    expect(await cancel({ headers: { 'x-watch-token': watchToken } })).toMatchObject({ status: 202 });
  });

  test.each([
    [[], 400], [{ watchToken: 5 }, 400], ['"token"', 400], ['{', 400],
  ])('with the body %j is answered with %i', async (body, status) => {
    await shop.holds({});
    expect(await cancel({ body })).toMatchObject({ status });
  });

  test('with a body over 64 KiB is refused', async () => {
    await shop.holds({});
    expect(await cancel({ body: { watchToken: 'x'.repeat(64 * 1024) } })).toMatchObject({ status: 413 });
  });

  test('with a form is told to send JSON', async () => {
    await shop.holds({});
    expect(await cancel({ body: 'token=x', headers: { 'content-type': 'text/plain' } })).toMatchObject({ status: 415 });
  });
});
