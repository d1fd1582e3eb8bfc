import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { OrderOutcome } from '../../src';
import { AFTER_EXPRESS, openSaga, order, SagaFixture } from '../saga/saga-fixture';

const REPAIR = 'RepairOrder';

/** The compensations, with the state in which each fails. */
const COMPENSATIONS = [
  ['CheckFraud', 'Undo CheckFraud'],
  ['ProcessPayment', 'Undo ProcessPayment: refund'],
  ['ReserveInventory', 'Undo ReserveInventory'],
] as const;

describe.each([StateMachineType.STANDARD, StateMachineType.EXPRESS])('an order of a %s workflow that could not be undone', (type) => {
  const waits = type === StateMachineType.STANDARD;
  let shop: SagaFixture;
  let count = 0;

  beforeAll(async () => {
    shop = await openSaga(type);
  });
  afterEach(() => shop.orders.faults.clear());
  afterAll(() => shop.cloud.close());

  /** An order that fails at its last step, and whose undo fails permanently in these states. */
  async function notUndone(...states: string[]): Promise<OrderOutcome> {
    const { orders } = shop;
    orders.faults.state('CheckFraud').always().failsBeforeEffect();
    states.forEach((state) => orders.faults.state(state).always().failsBeforeEffect());
    const outcome = await orders.process(order(`order-${++count}`));
    orders.faults.clear();
    return outcome;
  }

  const kindsSince = (alertsBefore: number) => shop.orders.sent.alerts.slice(alertsBefore).map(({ attributes }) => attributes.kind);
  const closed = async (orderId: string) => {
    await shop.orders.clock.advance(60_000);
    return (await shop.orders.order(orderId))!;
  };

  test('is put on hold, published, and not changed again', async () => {
    const alertsBefore = shop.orders.sent.alerts.length;
    const { orderId, status, execution } = await notUndone('Undo ReserveInventory');
    await shop.orders.clock.advance(AFTER_EXPRESS);
    await shop.orders.clock.advance(AFTER_EXPRESS);

    expect({ status, execution }).toEqual({ status: 'NEEDS_ATTENTION', execution: waits ? 'RUNNING' : 'FAILED' });
    expect(await shop.orders.order(orderId)).toMatchObject({
      status: 'NEEDS_ATTENTION',
      openSince: expect.any(String),
      onHold: { at: expect.any(String), notifiedAt: expect.any(String), ...waits ? { token: expect.any(String) } : {} },
      undo: { outcome: { status: 'REFUNDED', reason: 'FAILED: CheckFraud failed', step: 'ReserveInventory' } },
    });
    expect(kindsSince(alertsBefore)).toEqual(['order-failed', 'compensation-failed']);
    await shop.orders.invoke(REPAIR, { orderId, action: 'resolved' });
    await closed(orderId);
  });

  test.each(COMPENSATIONS.flatMap(([step, state]) => [[step, state, 1], [step, state, 2]] as const))(
    'but only %s, in %s, %i times, is undone by the next attempt, and no operator is notified', async (_step, state, times) => {
      const { orders, balances } = shop;
      const stock = await balances.stock();
      const alertsBefore = orders.sent.alerts.length;
      orders.faults.state('CheckFraud').always().failsBeforeEffect();
      const fault = orders.faults.state(state).times(times).failsAfterEffect();

      const outcome = await orders.process(order(`order-${++count}`));

      expect(fault.hits).toBe(times);
      expect(outcome).toMatchObject({ status: 'REFUNDED', execution: 'FAILED' });
      expect(await balances.faultsOf(outcome, stock)).toEqual([]);
      expect(kindsSince(alertsBefore)).toEqual(['order-failed']);
    });

  test.each(COMPENSATIONS)('by %s is undone completely when it is retried', async (_step, state) => {
    const stock = await shop.balances.stock();
    const alertsBefore = shop.orders.sent.alerts.length;
    const { orderId } = await notUndone(state);

    const answer = await shop.orders.invoke(REPAIR, { orderId, action: 'retry', by: 'ann' });
    const row = await closed(orderId);

    expect(answer).toMatchObject({ orderId, action: 'retry', by: waits ? 'execution' : 'recovery' });
    expect(row).toMatchObject({ status: 'REFUNDED', reason: 'FAILED: CheckFraud failed' });
    expect(row.onHold).toBeUndefined();
    expect(await shop.balances.faultsOf({ orderId, status: row.status, path: [], execution: 'FAILED', order: row }, stock)).toEqual([]);
    expect(kindsSince(alertsBefore)).toEqual(['order-failed', 'compensation-failed', 'order-repaired']);
  });

  test('by two compensations at once names the first, and both are undone when they are retried', async () => {
    const stock = await shop.balances.stock();
    const { orderId, reason } = await notUndone('Undo CheckFraud', 'Undo ReserveInventory');

    await shop.orders.invoke(REPAIR, { orderId, action: 'retry' });
    const row = await closed(orderId);

    expect(reason).toBe('could not undo CheckFraud, ReserveInventory');
    expect(row.status).toBe('REFUNDED');
    expect(await shop.balances.faultsOf({ orderId, status: row.status, path: [], execution: 'FAILED', order: row }, stock)).toEqual([]);
  });

  test('is put on hold again, and published again, when it fails again', async () => {
    const { orders } = shop;
    const { orderId } = await notUndone('Undo ReserveInventory');
    const alertsBefore = orders.sent.alerts.length;
    const failing = orders.faults.state('Undo ReserveInventory').always();
    failing.failsBeforeEffect();

    await orders.invoke(REPAIR, { orderId, action: 'retry' });
    await orders.clock.advance(AFTER_EXPRESS);
    const again = await orders.order(orderId);
    orders.faults.clear();

    // A recovery waits for an operator, also where the workflow cannot.
    expect(again).toMatchObject({ status: 'NEEDS_ATTENTION', onHold: { token: expect.any(String) }, undo: { outcome: { status: 'REFUNDED' } } });
    expect(kindsSince(alertsBefore)).toEqual(['compensation-failed']);
    expect(await orders.invoke(REPAIR, { orderId, action: 'retry' })).toMatchObject({ by: 'execution' });
    expect(await closed(orderId)).toMatchObject({ status: 'REFUNDED' });
  });

  test('is closed as it is when an operator has resolved it', async () => {
    const alertsBefore = shop.orders.sent.alerts.length;
    const { orderId } = await notUndone('Undo ProcessPayment: refund');

    await shop.orders.invoke(REPAIR, { orderId, action: 'resolved', by: 'ann', reason: 'refunded by hand', refunded: true });
    const row = await closed(orderId);

    expect(row).toMatchObject({
      status: 'REFUNDED', reason: 'FAILED: CheckFraud failed', resolution: { by: 'ann', reason: 'refunded by hand', at: expect.any(String) },
    });
    expect(row.openSince).toBeUndefined();
    expect(kindsSince(alertsBefore)).toEqual(['order-failed', 'compensation-failed', 'order-repaired']);
    await expect(shop.orders.invoke(REPAIR, { orderId, action: 'retry' })).rejects.toThrow(`order ${orderId} is not NEEDS_ATTENTION but REFUNDED`);
  });

  test('whose alert could not be published is found by the sweeper, and published then', async () => {
    const { orders } = shop;
    const alertsBefore = orders.sent.alerts.length;
    const { orderId } = await notUndone('Undo ReserveInventory', 'Publish failure', 'Publish failed compensation');
    expect(kindsSince(alertsBefore)).toEqual([]);

    await orders.clock.advance(3 * AFTER_EXPRESS);

    expect(kindsSince(alertsBefore)).toEqual(['compensation-failed', 'order-failed']);
    expect(await orders.order(orderId)).toMatchObject({ onHold: { notifiedAt: expect.any(String) } });
    await orders.invoke(REPAIR, { orderId, action: 'retry' });
    expect(await closed(orderId)).toMatchObject({ status: 'REFUNDED' });
  });

  /** Stops the execution that works on the order, once, as it leaves a state. */
  function stopOnceAfter(orderId: string, state: string): { readonly happened: boolean } {
    const stopped = { happened: false };
    shop.cloud.executions.onEvent(({ arn, name }, { stateExitedEventDetails: left }) => {
      if (!stopped.happened && name.startsWith(orderId) && (left as { name: string } | undefined)?.name === state) {
        stopped.happened = true;
        shop.cloud.executions.find(arn).execution.stop();
      }
    });
    return stopped;
  }

  test.each([
    ['retry', ['Resume undo', 'Where to undo from?', 'Undo ReserveInventory', 'Record undo of ReserveInventory', 'Finish undo', 'All undone?']],
    ['resolved', ['Resolve order']],
  ].flatMap(([action, states]) => (states as string[]).map((state) => [state, action as string])))(
    'whose repair is interrupted after %s (%s) is repaired all the same, and that is published once', async (state, action) => {
      const stock = await shop.balances.stock();
      const alertsBefore = shop.orders.sent.alerts.length;
      const { orderId } = await notUndone('Undo ReserveInventory');
      const stopped = stopOnceAfter(orderId, state);

      await shop.orders.invoke(REPAIR, { orderId, action });
      await closed(orderId);
      const row = await shop.orders.settled(orderId);

      expect(stopped.happened).toBe(true);
      expect(row).toMatchObject({ status: 'REFUNDED', reason: 'FAILED: CheckFraud failed' });
      // What an operator has resolved is not changed.
      expect(stock - await shop.balances.stock()).toBe(action === 'retry' ? 0 : 2);
      expect(kindsSince(alertsBefore)).toEqual(['order-failed', 'compensation-failed', 'order-repaired']);
    });

  test.each(['retry', 'resolved'])('and whose repair could not be published is listed until it is published (%s)', async (action) => {
    const alertsBefore = shop.orders.sent.alerts.length;
    const { orderId } = await notUndone('Undo ReserveInventory');
    shop.orders.faults.call('sns:Publish').always().failsBeforeEffect();
    await shop.orders.invoke(REPAIR, { orderId, action });
    expect(await closed(orderId)).toMatchObject({ status: 'REFUNDED', openSince: expect.any(String) });
    shop.orders.faults.clear();

    const row = await shop.orders.settled(orderId);

    expect(row.status).toBe('REFUNDED');
    expect(kindsSince(alertsBefore)).toEqual(['order-failed', 'compensation-failed', 'order-repaired']);
  });

  test('after a rejection, and whose repair could not be published, is listed until it is published', async () => {
    const { orders } = shop;
    const alertsBefore = orders.sent.alerts.length;
    const orderId = `order-${++count}`;
    orders.faults.state('Undo ReserveInventory').always().failsBeforeEffect();
    await orders.process(order(orderId, 'eve'));
    orders.faults.clear();
    orders.faults.call('sns:Publish').always().failsBeforeEffect();
    await orders.invoke(REPAIR, { orderId, action: 'retry' });
    await closed(orderId);
    orders.faults.clear();

    const row = await orders.settled(orderId);

    expect(row).toMatchObject({ status: 'REFUNDED', reason: 'SUSPICIOUS: known' });
    expect(kindsSince(alertsBefore)).toEqual(['compensation-failed', 'order-repaired']);
  });

  test.each(['Finish undo', 'All undone?', 'Publish failed compensation'])('whose execution is interrupted after %s is published once', async (state) => {
    const { orders } = shop;
    const alertsBefore = orders.sent.alerts.length;
    const stopped = stopOnceAfter(`order-${count + 1}`, state);
    const { orderId } = await notUndone('Undo ReserveInventory');
    await orders.clock.advance(4 * AFTER_EXPRESS);

    expect(stopped.happened).toBe(true);
    // What an EXPRESS execution has published is unknown: it has no history.
    const again = !waits && state === 'Publish failed compensation';
    expect(kindsSince(alertsBefore)).toEqual(['order-failed', 'compensation-failed', ...again ? ['compensation-failed'] : []]);
    await orders.invoke(REPAIR, { orderId, action: 'retry' });
    expect(await closed(orderId)).toMatchObject({ status: 'REFUNDED' });
  });

  test('that cannot be put on hold is published once, and repaired all the same', async () => {
    const { orders } = shop;
    const alertsBefore = orders.sent.alerts.length;
    const { orderId } = await notUndone('Undo ReserveInventory', 'Put order on hold');
    await orders.clock.advance(4 * AFTER_EXPRESS);

    expect(kindsSince(alertsBefore)).toEqual(['order-failed', 'compensation-failed', ...waits ? [] : ['compensation-failed']]);
    await orders.invoke(REPAIR, { orderId, action: 'retry' });
    expect(await closed(orderId)).toMatchObject({ status: 'REFUNDED' });
  });

  test('whose execution is stopped while it waits is repaired all the same', async () => {
    const { orders } = shop;
    const stock = await shop.balances.stock();
    const { orderId } = await notUndone('Undo ReserveInventory');
    if (waits) {
      orders.stop(orderId);
    }
    await orders.clock.advance(AFTER_EXPRESS);

    expect(await orders.invoke(REPAIR, { orderId, action: 'retry' })).toMatchObject({ by: 'recovery' });
    const row = await closed(orderId);

    expect(row.status).toBe('REFUNDED');
    expect(await shop.balances.faultsOf({ orderId, status: row.status, path: [], execution: 'ABORTED', order: row }, stock)).toEqual([]);
  });
});
