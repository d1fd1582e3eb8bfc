import { laterName } from '../../../lambda-src/step-functions/state-machine';
import { EXPRESS, RecoveryFixture, ago } from '../../support/recovery-fixture';
import { responseLost } from '../../support/request-faults';
import { ME, ORDER, ShopFixture } from '../../support/shop-fixture';
import { startOnce } from '../../support/started';
import { StepFunctions } from '../../support/step-functions';

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

/** The task tokens that were answered, and the recoveries that were started. */
const delivered = () => [stepFunctions.answered.map(({ taskToken, output }) => [taskToken, JSON.parse(output)]), stepFunctions.recoveries];

describe('the repair of an order on hold', () => {
  test.each([
    [RETRY, { action: 'retry' }],
    [RESOLVED, { action: 'resolved', by: 'ann', reason: 'refunded by hand', refunded: true }],
    [{ ...RESOLVED, refunded: false, by: undefined }, { action: 'resolved', reason: 'refunded by hand', refunded: false }],
  ])('(%j) is delivered to the execution that waits for it', async (event, output) => {
    await shop.putOrder(onHold());
    stepFunctions.waiting.add('token-1');
    const row = await shop.row();

    expect(await fixture.repairs(event)).toEqual({ orderId, action: event.action, version: 7, by: 'execution' });

    expect(delivered()).toEqual([[['token-1', output]], []]);
    expect(await shop.row()).toEqual(row);
  });

  test.each([
    ['does not wait any more', onHold(), 'ABORTED'],
    ['never waited', onHold({ onHold: { at: ago(60), notifiedAt: ago(60) } }), 'FAILED'],
    ['was interrupted before it put the order on hold', onHold({ onHold: undefined }), 'TIMED_OUT'],
  ])('is done by a recovery if the execution %s', async (_, { onHold: hold, ...fields }, status) => {
    await shop.putOrder({ ...fields, ...hold ? { onHold: hold } : {} });
    stepFunctions.described.set(ME, { status });

    expect(await fixture.repairs(RESOLVED)).toEqual({ orderId, action: 'resolved', version: 7, by: 'recovery' });

    const { orderId: _id, ...repair } = RESOLVED;
    expect(delivered()).toEqual([[], [{ name: laterName(orderId, '00000001'), input: { orderId, owner: ME, repair } }]]);
  });

  test('is done by a recovery if the execution is unknown, and that gets the repair only', async () => {
    await shop.putOrder(onHold());
    await fixture.repairs(RETRY);
    expect(stepFunctions.recoveries[0].input).toEqual({ orderId, owner: ME, repair: { action: 'retry' } });
  });

  test.each([
    ['has put the order on hold, which is its last write', onHold({ onHold: { at: ago(1), notifiedAt: ago(1) }, owner: EXPRESS, updatedAt: ago(1) })],
    ['has used its five minutes', { status: 'NEEDS_ATTENTION', version: 7, owner: EXPRESS, updatedAt: ago(331) }],
  ])('is done by a recovery once an EXPRESS execution %s', async (_, row) => {
    await shop.putOrder(row);
    expect(await fixture.repairs(RETRY)).toMatchObject({ by: 'recovery' });
    expect(stepFunctions.recoveries[0].input).toMatchObject({ owner: EXPRESS });
  });

  test('of an order that was given up lets the next sweep start it', async () => {
    await shop.putOrder({ status: 'RECEIVED', version: 1, openSince: ago(900) });
    await shop.alterOrder(orderId, { owner: undefined, restarts: 3, givenUpAt: ago(600) });

    expect(await fixture.repairs(RETRY)).toEqual({ orderId, action: 'retry', version: 1, by: 'sweep' });

    expect(await shop.row()).not.toHaveProperty('givenUpAt');
    expect(await fixture.recovers()).toBe('started');
  });

  test('of an order that was given up cannot be resolved: no step of it has run', async () => {
    await shop.putOrder({ status: 'RECEIVED', version: 1, openSince: ago(900) });
    await shop.alterOrder(orderId, { owner: undefined, restarts: 3, givenUpAt: ago(600) });
    const row = await shop.row();

    await expect(fixture.repairs(RESOLVED)).rejects.toMatchObject({
      name: 'NothingToRepair',
      message: "order order-1 is RECEIVED, and no step of it has run: repair it with 'retry', and the next sweep starts it; "
        + "to end it instead, cancel it first and then repair it with 'retry'",
    });

    expect([await shop.row(), delivered()]).toEqual([row, [[], []]]);
  });

  test('of an order that was given up, and that an execution owns by now, is delivered to that', async () => {
    await shop.putOrder(onHold({ restarts: 3, givenUpAt: ago(600) }));
    stepFunctions.waiting.add('token-1');
    expect(await fixture.repairs(RESOLVED)).toMatchObject({ by: 'execution' });
  });

  test.each([
    ['got another repair', onHold()],
    ['is about to wait', onHold({ onHold: { at: ago(60), notifiedAt: ago(60) } })],
    ['is an EXPRESS one that may be at work', { status: 'NEEDS_ATTENTION', version: 7, owner: EXPRESS, updatedAt: ago(330) }],
  ])('is not taken from an execution that %s', async (_, row) => {
    await shop.putOrder(row);
    stepFunctions.described.set(ME, { status: 'RUNNING' });
    await expect(fixture.repairs(RETRY)).rejects.toMatchObject({
      name: 'StillAtWork', message: expect.stringMatching(/may still be at work on order order-1, .*: check its status in five minutes/),
    });
    expect(delivered()).toEqual([[], []]);
  });

  test('by two operators at once is delivered once', async () => {
    await shop.putOrder(onHold());
    stepFunctions.waiting.add('token-1');
    stepFunctions.described.set(ME, { status: 'RUNNING' });
    const outcomes = await Promise.allSettled([fixture.repairs(RETRY), fixture.repairs(RESOLVED)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect([stepFunctions.answered.length, stepFunctions.recoveries]).toEqual([1, []]);
  });

  test('that cannot be delivered at the moment is an error, and starts no recovery', async () => {
    await shop.putOrder(onHold());
    stepFunctions.faults.push({ status: 400, name: 'ThrottlingException' });
    await expect(fixture.repairs(RETRY)).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(stepFunctions.recoveries).toEqual([]);
  });

  test('whose response is lost is not delivered a second time', async () => {
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
    ['COMPLETED', undefined, 'it has ended, and needs no repair'],
    ['REFUNDED', undefined, 'it has ended, and needs no repair'],
    ['PAID', ago(60), 'its execution still works on it, or the sweeper recovers it'],
  ])('is reported as %s', async (status, openSince, meaning) => {
    await shop.putOrder({ status });
    await shop.alterOrder(orderId, { openSince });
    await expect(fixture.repairs(RETRY)).rejects.toMatchObject({
      name: 'NothingToRepair', message: `order order-1 is not NEEDS_ATTENTION but ${status}: ${meaning}`,
    });
    expect(delivered()).toEqual([[], []]);
  });

  test('because there is none is reported as not found', async () => {
    await expect(fixture.repairs(RETRY)).rejects.toMatchObject({ name: 'OrderNotFound', message: 'there is no order order-1' });
  });
});

describe('an invalid repair', () => {
  test.each([
    [undefined, ['event: ']],
    ['retry', ['event: ']],
    [{}, ['orderId: ', 'action: ']],
    [{ orderId: '', action: 'undo' }, ['orderId: is not text of 1 to 2048 bytes', 'action: Invalid type: Expected ("retry" | "resolved" | "takeOver") but received "undo"']],
    [{ ...RETRY, refunded: true }, ["refunded: is only allowed with the action 'resolved'"]],
    [{ ...RETRY, refunded: false, by: 7 }, ['by: ', 'refunded: is only allowed']],
    [{ ...RESOLVED, refunded: 'yes' }, ['refunded: ']],
    [{ ...RESOLVED, by: 'x'.repeat(129), reason: 'x'.repeat(501) }, ['by: ', 'reason: ']],
    [{ ...RESOLVED, refund: true }, ['refund: ']],
    [{ orderId: 7, action: null, by: {}, reason: [], refunded: 0, who: 1 }, ['orderId: ', 'action: ', 'by: ', 'reason: ', 'refunded: ', 'who: ']],
  ])('(%j) is refused with all that is wrong', async (event, problems) => {
    await shop.putOrder(onHold());
    const error = await fixture.repairs(event).catch(thrown => thrown);
    expect(error).toMatchObject({ name: 'InvalidEvent' });
    for (const problem of problems) expect(error.message).toContain(problem);
    expect([shop.requests.sent, delivered()]).toEqual([[], [[], []]]);
  });
});
