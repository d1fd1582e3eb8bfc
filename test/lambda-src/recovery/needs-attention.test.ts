import { AwsServices, BROKEN } from '../../support/aws-services';
import { RecoveryFixture, TOPIC, ago } from '../../support/recovery-fixture';
import { after } from '../../support/request-faults';
import { ME, ORDER, ShopFixture } from '../../support/shop-fixture';
import { startOnce } from '../../support/started';
import { StepFunctions } from '../../support/step-functions';

const started = startOnce();
let services: AwsServices;
let stepFunctions: StepFunctions;
let fixture: RecoveryFixture;
let shop: ShopFixture;
beforeEach(async () => {
  fixture = await RecoveryFixture.open(started);
  ({ shop, services, stepFunctions } = fixture);
});

const { orderId } = ORDER;
const UNDO = { cause: 'failed', from: 'ReserveInventory', done: {} } as const;
const entered = (name: string) => ({ type: 'TaskStateEntered', stateEnteredEventDetails: { name } });
const event = (type: string) => ({ type });

/** What was started and published. */
const effects = () => [stepFunctions.started, stepFunctions.recoveries, services.notifications];

describe('an order that needs attention', () => {
  const needsAttention = { status: 'NEEDS_ATTENTION', version: 7, reason: 'could not undo ProcessPayment', undo: UNDO, alertedAt: ago(90) };

  test('is published once, and its token stays', async () => {
    await shop.putOrder({ ...needsAttention, onHold: { at: ago(60), token: 'token-1' } });

    expect([await fixture.recovers(), await fixture.recovers()]).toEqual(['needs attention', 'needs attention']);

    expect(services.notifications).toEqual([{
      topic: TOPIC,
      subject: 'compensation-failed: order-1',
      message: {
        kind: 'compensation-failed',
        orderId,
        status: 'NEEDS_ATTENTION',
        version: 7,
        step: 'ReserveInventory',
        steps: ['ReserveInventory'],
        error: 'NeedsAttention',
        cause: 'could not undo ProcessPayment',
        execution: ME,
        at: ago(0),
      },
      attributes: { kind: 'compensation-failed', step: '["ReserveInventory"]', error: 'NeedsAttention' },
    }]);
    expect((await shop.row()).onHold).toEqual({ at: ago(60), notifiedAt: ago(0), token: 'token-1' });
    expect([stepFunctions.recoveries, stepFunctions.operations]).toEqual([[], []]);
  });

  test('and was never put on hold is published once too', async () => {
    await shop.putOrder({ status: 'NEEDS_ATTENTION' });
    await fixture.recovers();
    await fixture.recovers();
    expect(services.notifications).toHaveLength(1);
    expect(services.notifications[0].message).toMatchObject({ step: 'Order', cause: 'something of the order could not be undone' });
    expect((await shop.row()).onHold).toEqual({ at: ago(0), notifiedAt: ago(0) });
  });

  test('is published with all of its steps', async () => {
    const outcome = { status: 'FAILED', step: 'ProcessPayment', steps: ['ProcessPayment', 'ReserveInventory'] };
    await shop.putOrder({ ...needsAttention, undo: { ...UNDO, outcome }, onHold: { at: ago(60) } });
    await fixture.recovers();
    expect(services.notifications[0]).toMatchObject({ message: { step: 'ProcessPayment' }, attributes: { step: '["ProcessPayment","ReserveInventory"]' } });
  });

  test('and whose execution is about to publish it is left to that', async () => {
    await shop.putOrder(needsAttention);
    stepFunctions.described.set(ME, { status: 'RUNNING' });
    const row = await shop.row();
    expect(await fixture.recovers()).toBe('needs attention');
    expect([services.notifications, await shop.row()]).toEqual([[], row]);
  });

  test.each([
    ['had published it', [entered('Publish failed compensation'), event('TaskSucceeded')], 0],
    ['had published it, but could not record that', [entered('Publish failed compensation'), event('TaskSucceeded'), entered('Put order on hold')], 0],
    ['had begun to publish it', [entered('Publish failed compensation')], 1],
    ['had published it before the last repair only', [entered('Publish failed compensation'), event('TaskSucceeded'), entered('Resume undo'), entered('Finish undo')], 1],
  ])('and whose execution was interrupted when it %s is published as often as needed', async (_, history, times) => {
    await shop.putOrder(needsAttention);
    stepFunctions.described.set(ME, { status: 'ABORTED' });
    stepFunctions.histories.set(ME, history);
    expect(await fixture.recovers()).toBe('needs attention');
    expect(services.notifications).toHaveLength(times);
    expect((await shop.row()).onHold).toEqual({ at: ago(0), notifiedAt: ago(0) });
  });

  test('and was published is left to the operators', async () => {
    await shop.putOrder({ ...needsAttention, onHold: { at: ago(60), notifiedAt: ago(60) } });
    const row = await shop.row();
    expect(await fixture.recovers()).toBe('needs attention');
    expect([effects(), await shop.row()]).toEqual([[[], [], []], row]);
  });

  test.each([
    ['is repaired', { status: 'FAILED', version: 8, onHold: undefined }],
    ['is put on hold again', { version: 9, onHold: { at: ago(0) } }],
  ])('and %s in that moment is not marked as notified', async (_, fields) => {
    await shop.putOrder({ ...needsAttention, onHold: { at: ago(60) } });
    shop.requests.next('UpdateItem', after(async () => shop.alterOrder(orderId, fields)));
    expect(await fixture.recovers()).toBe('needs attention');
    expect((await shop.row()).onHold).toEqual(fields.onHold);
  });

  test.each([
    ['order-failed', { ...UNDO, step: 'ProcessPayment' }, 'ProcessPayment'],
    ['order-failed', UNDO, 'ReserveInventory'],
    ['execution-interrupted', { ...UNDO, interrupted: true }, 'ReserveInventory'],
  ])('and whose failure was not published is published as %s, once', async (kind, undo, step) => {
    await shop.putOrder({ ...needsAttention, alertedAt: undefined, undo, onHold: { at: ago(60), notifiedAt: ago(60) } });
    await fixture.recovers();
    await fixture.recovers();
    expect(services.notifications).toEqual([expect.objectContaining({
      message: expect.objectContaining({ kind, step, error: 'OrderFailed', cause: expect.stringContaining(`${step} failed`), execution: ME }),
      attributes: { kind, step, error: 'OrderFailed' },
    })]);
    expect((await shop.row()).alertedAt).toBe(ago(0));
  });

  test('after a rejection has no failure to publish', async () => {
    await shop.putOrder({ ...needsAttention, alertedAt: undefined, undo: { ...UNDO, cause: 'rejected' }, onHold: { at: ago(60), notifiedAt: ago(60) } });
    await fixture.recovers();
    expect(services.notifications).toEqual([]);
  });

  test('and whose failure could not be published is not marked as published', async () => {
    await shop.putOrder({ ...needsAttention, alertedAt: undefined, onHold: { at: ago(60), notifiedAt: ago(60) } });
    services.fault = () => BROKEN;
    await expect(fixture.recovers()).rejects.toThrow();
    expect(await shop.row()).not.toHaveProperty('alertedAt');
  });

  test('that could not be published is not marked as notified', async () => {
    await shop.putOrder({ ...needsAttention, onHold: { at: ago(60) } });
    services.fault = () => BROKEN;
    await expect(fixture.recovers()).rejects.toThrow();
    expect((await shop.row()).onHold).toEqual({ at: ago(60) });
  });
});
