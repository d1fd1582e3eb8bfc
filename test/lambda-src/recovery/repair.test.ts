import { laterName } from '../../../lambda-src/step-functions/state-machine';
import { EXPRESS, RecoveryFixture, ago } from '../../support/recovery-fixture';
import { ME, ORDER, ShopFixture } from '../../support/shop-fixture';
import { startOnce } from '../../support/started';
import { StepFunctions } from '../../support/step-functions';
import { responseLost } from '../../support/request-faults';

const started = startOnce();
let stepFunctions: StepFunctions;
let fixture: RecoveryFixture;
let shop: ShopFixture;
beforeEach(async () => {
  fixture = await RecoveryFixture.open(started);
  ({ shop, stepFunctions } = fixture);
});

const { orderId } = ORDER;
const onHold = (fields: object = {}) => ({ status: 'NEEDS_ATTENTION', version: 7, onHold: { at: ago(60), notifiedAt: ago(60), token: 'token-1' }, ...fields });
const RETRY = { orderId, action: 'retry' };
const RESOLVED = { orderId, action: 'resolved', by: 'ann', reason: 'refunded by hand', refunded: true };

/** What was said to anybody. */
const said = () => [stepFunctions.answered.map(({ taskToken, output }) => [taskToken, JSON.parse(output)]), stepFunctions.recoveries];

describe('what a person says of a onHold order', () => {
  test.each([
    [RETRY, { action: 'retry' }],
    [RESOLVED, { action: 'resolved', by: 'ann', reason: 'refunded by hand', refunded: true }],
    [{ ...RESOLVED, refunded: false, by: undefined }, { action: 'resolved', reason: 'refunded by hand', refunded: false }],
  ])('(%j) is heard by the execution that waits for it', async (event, output) => {
    await shop.putOrder(onHold());
    stepFunctions.waiting.add('token-1');
    const row = await shop.row();

    expect(await fixture.repairs(event)).toEqual({ orderId, action: event.action, version: 7, by: 'execution' });

    expect(said()).toEqual([[['token-1', output]], []]);
    expect(await shop.row()).toEqual(row);
  });

  test.each([
    ['does not wait any more', onHold(), 'ABORTED'],
    ['never waited', onHold({ onHold: { at: ago(60), notifiedAt: ago(60) } }), 'FAILED'],
    ['died before it onHold the order', onHold({ onHold: undefined }), 'TIMED_OUT'],
  ])('is heard by a recovery if the execution %s', async (_, { onHold: parking, ...fields }, status) => {
    await shop.putOrder({ ...fields, ...parking ? { onHold: parking } : {} });
    stepFunctions.described.set(ME, { status });

    expect(await fixture.repairs(RESOLVED)).toEqual({ orderId, action: 'resolved', version: 7, by: 'recovery' });

    const { orderId: _id, ...repair } = RESOLVED;
    expect(said()).toEqual([[], [{ name: laterName(orderId, '00000001'), input: { orderId, owner: ME, repair } }]]);
  });

  test('is heard by a recovery if the execution is not known any more, and has what was said only', async () => {
    await shop.putOrder(onHold());
    await fixture.repairs(RETRY);
    expect(stepFunctions.recoveries[0].input).toEqual({ orderId, owner: ME, repair: { action: 'retry' } });
  });

  test.each([
    ['has onHold the order, which is its last', onHold({ onHold: { at: ago(1), notifiedAt: ago(1) }, owner: EXPRESS, updatedAt: ago(1) })],
    ['has had its time', { status: 'NEEDS_ATTENTION', version: 7, owner: EXPRESS, updatedAt: ago(331) }],
  ])('is heard by a recovery once an EXPRESS execution %s', async (_, row) => {
    await shop.putOrder(row);
    expect(await fixture.repairs(RETRY)).toMatchObject({ by: 'recovery' });
    expect(stepFunctions.recoveries[0].input).toMatchObject({ owner: EXPRESS });
  });

  test('about an order that was given up has the next sweep start it', async () => {
    await shop.putOrder({ status: 'RECEIVED', version: 1, openSince: ago(900) });
    await shop.alterOrder(orderId, { owner: undefined, restarts: 3, givenUpAt: ago(600) });

    expect(await fixture.repairs(RETRY)).toEqual({ orderId, action: 'retry', version: 1, by: 'sweep' });

    expect(await shop.row()).not.toHaveProperty('givenUpAt');
    expect(await fixture.takesUp()).toBe('started');
  });

  test('about an order that was given up cannot be that it is in order: nothing of it has happened', async () => {
    await shop.putOrder({ status: 'RECEIVED', version: 1, openSince: ago(900) });
    await shop.alterOrder(orderId, { owner: undefined, restarts: 3, givenUpAt: ago(600) });
    const row = await shop.row();

    await expect(fixture.repairs(RESOLVED)).rejects.toMatchObject({
      name: 'NothingToRepair',
      message: "order order-1 is RECEIVED, and nothing of it has happened: say 'retry', and the next sweep starts it; "
        + "to end it instead, cancel it first, and then say 'retry'",
    });

    expect([await shop.row(), said()]).toEqual([row, [[], []]]);
  });

  test('about an order that was given up, and that an execution has all the same by now, is heard by that', async () => {
    await shop.putOrder(onHold({ restarts: 3, givenUpAt: ago(600) }));
    stepFunctions.waiting.add('token-1');
    expect(await fixture.repairs(RESOLVED)).toMatchObject({ by: 'execution' });
  });

  test.each([
    ['has heard somebody else', onHold()],
    ['is about to wait', onHold({ onHold: { at: ago(60), notifiedAt: ago(60) } })],
    ['is an EXPRESS one that may be at work', { status: 'NEEDS_ATTENTION', version: 7, owner: EXPRESS, updatedAt: ago(330) }],
  ])('is not taken from an execution that %s', async (_, row) => {
    await shop.putOrder(row);
    stepFunctions.described.set(ME, { status: 'RUNNING' });
    await expect(fixture.repairs(RETRY)).rejects.toMatchObject({
      name: 'StillAtWork', message: expect.stringMatching(/may still be at work on order order-1, .*: look at its status in five minutes/),
    });
    expect(said()).toEqual([[], []]);
  });

  test('by two people at once is heard once', async () => {
    await shop.putOrder(onHold());
    stepFunctions.waiting.add('token-1');
    stepFunctions.described.set(ME, { status: 'RUNNING' });
    const outcomes = await Promise.allSettled([fixture.repairs(RETRY), fixture.repairs(RESOLVED)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect([stepFunctions.answered.length, stepFunctions.recoveries]).toEqual([1, []]);
  });

  test('that cannot be said at the moment is an error, and nobody else is asked', async () => {
    await shop.putOrder(onHold());
    stepFunctions.faults.push({ status: 400, name: 'ThrottlingException' });
    await expect(fixture.repairs(RETRY)).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(stepFunctions.recoveries).toEqual([]);
  });

  test('whose answer is lost is not said a second time', async () => {
    await shop.putOrder(onHold());
    stepFunctions.waiting.add('token-1');
    stepFunctions.described.set(ME, { status: 'RUNNING' });
    fixture.workflowRequests.next('SendTaskSuccess', responseLost);
    await expect(fixture.repairs(RETRY)).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(fixture.repairs(RETRY)).rejects.toMatchObject({ name: 'StillAtWork' });
    expect(stepFunctions.answered).toHaveLength(1);
  });
});

describe('an order that needs no repair', () => {
  test.each([
    ['COMPLETED', undefined, 'it has ended, and nothing of it waits for people'],
    ['REFUNDED', undefined, 'it has ended, and nothing of it waits for people'],
    ['PAID', ago(60), 'the workflow still works on it, or finds it by itself if it does not'],
  ])('is said to be %s', async (status, openSince, meaning) => {
    await shop.putOrder({ status });
    await shop.alterOrder(orderId, { openSince });
    await expect(fixture.repairs(RETRY)).rejects.toMatchObject({
      name: 'NothingToRepair', message: `order order-1 is not NEEDS_ATTENTION but ${status}: ${meaning}`,
    });
    expect(said()).toEqual([[], []]);
  });

  test('because there is none is said not to be there', async () => {
    await expect(fixture.repairs(RETRY)).rejects.toMatchObject({ name: 'OrderNotFound', message: 'there is no order order-1' });
  });
});

describe('what nobody can mean', () => {
  test.each([
    [undefined, ['event: ']],
    ['retry', ['event: ']],
    [{}, ['orderId: ', 'action: ']],
    [{ orderId: '', action: 'undo' }, ['orderId: is not text of 1 to 2048 bytes', 'action: Invalid type: Expected ("retry" | "resolved") but received "undo"']],
    [{ ...RETRY, refunded: true }, ['refunded: can only be said of an order that is resolved']],
    [{ ...RETRY, refunded: false, by: 7 }, ['by: ', 'refunded: can only be said']],
    [{ ...RESOLVED, refunded: 'yes' }, ['refunded: ']],
    [{ ...RESOLVED, by: 'x'.repeat(129), reason: 'x'.repeat(501) }, ['by: ', 'reason: ']],
    [{ ...RESOLVED, refund: true }, ['refund: ']],
    [{ orderId: 7, action: null, by: {}, reason: [], refunded: 0, who: 1 }, ['orderId: ', 'action: ', 'by: ', 'reason: ', 'refunded: ', 'who: ']],
  ])('(%j) is refused with all that is wrong', async (event, problems) => {
    await shop.putOrder(onHold());
    const error = await fixture.repairs(event).catch(thrown => thrown);
    expect(error).toMatchObject({ name: 'InvalidEvent' });
    for (const problem of problems) expect(error.message).toContain(problem);
    expect([shop.requests.sent, said()]).toEqual([[], [[], []]]);
  });
});
