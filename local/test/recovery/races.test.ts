import { OrderRow } from '../../src';
import { withoutEvents } from './without-events';
import { openSaga, order, SagaFixture } from '../saga/saga-fixture';

const SWEEPER = 'Recovery/OrderSweeper';
const HOUR = 60 * 60_000;

let shop: SagaFixture;
let count = 0;
const newId = () => `order-${++count}`;
const faultsOf = (orderId: string, row: OrderRow, stock: number) =>
  shop.balances.faultsOf({ orderId, status: row.status, path: [], execution: 'ABORTED', order: row }, stock);
const kindsSince = (alertsBefore: number) => shop.orders.sent.alerts.slice(alertsBefore).map(({ attributes }) => attributes.kind);

/** The executions of the recovery machine. */
const recoveries = () => shop.cloud.executions.all().filter(({ machine }) => machine.arn.includes('Recovery'));

describe('an interrupted execution', () => {
  beforeAll(async () => {
    shop = await openSaga();
  });

  test('of a step that left nothing to undo is published with that step, when it could not be published at once', async () => {
    const { orders } = shop;
    const orderId = newId();
    const alertsBefore = orders.sent.alerts.length;
    orders.faults.state('CreateOrder').always().failsBeforeEffect();
    orders.faults.state('Publish failure').always().failsBeforeEffect();
    await orders.process(order(orderId));
    orders.faults.clear();

    await orders.settled(orderId);

    expect(orders.sent.alerts.slice(alertsBefore).map(({ attributes }) => [attributes.kind, attributes.step])).toEqual([['order-failed', 'CreateOrder']]);
    expect((await orders.order(orderId))!.undo).toMatchObject({ from: 'ProcessPayment', step: 'CreateOrder' });
  });

  afterEach(() => shop.orders.faults.clear());
  afterAll(() => shop.cloud.close());

  test.each(['ReserveInventory', 'ProcessPayment', 'CheckFraud'])('while %s was still at work, whose effect is late: nothing of it stays', async (state) => {
    const { orders } = shop;
    const orderId = newId();
    const stock = await shop.balances.stock();
    orders.faults.state(state).succeedsLate();
    await orders.submit(order(orderId));
    await orders.clock.advance(1_000);
    orders.stop(orderId);

    const row = await orders.settled(orderId);
    await orders.clock.advance(60_000);

    // The refund waits until a late charge has landed, so it finds the charge.
    expect(row.status).toBe(state === 'ReserveInventory' ? 'FAILED' : 'REFUNDED');
    expect(await faultsOf(orderId, (await orders.order(orderId))!, stock)).toEqual([]);
  });

  test('has its order recovered also when the same order is sent again meanwhile', async () => {
    const { orders } = shop;
    const orderId = newId();
    const stock = await shop.balances.stock();
    orders.stopAfter(orderId, 'CreateOrder');
    await orders.submit(order(orderId));
    await orders.outcome(orderId);
    const again = await orders.process(order(orderId), `${orderId}-again`);
    const row = await orders.settled(orderId);

    expect(again.status).toBe('DUPLICATE');
    expect(await faultsOf(orderId, row, stock)).toEqual([]);
  });

  test.each([
    'Claim order', 'Wait for late effects', 'Read order', 'Check order', 'Begin undo', 'Publish failure', 'Undo CheckFraud',
    'Record undo of CheckFraud', 'Undo ProcessPayment', 'Record undo of ReserveInventory',
  ])('has its order recovered also when the recovery is interrupted after %s', async (state) => {
    const { orders, cloud } = shop;
    const orderId = newId();
    const stock = await shop.balances.stock();
    const alertsBefore = orders.sent.alerts.length;
    let stopped = false;
    cloud.executions.onEvent(({ arn, machine, name }, { stateExitedEventDetails: left }) => {
      if (!stopped && machine.arn.includes('Recovery') && name.startsWith(`${orderId}-`) && (left as { name: string } | undefined)?.name === state) {
        stopped = true;
        cloud.executions.find(arn).execution.stop();
      }
    });
    orders.stopAfter(orderId, 'Record CheckFraud');
    await orders.submit(order(orderId));

    const row = await orders.settled(orderId);

    expect(stopped).toBe(true);
    expect(row.status).toBe('REFUNDED');
    expect(await faultsOf(orderId, row, stock)).toEqual([]);
    expect(kindsSince(alertsBefore)).toEqual(['execution-interrupted']);
  });

  test.each([
    ['whose undo began at a step that is gone', { status: 'FAILED', undo: { cause: 'failed', from: 'ChargeCard', done: {} } }, 'ChargeCard', 'order-failed'],
    ['that is in a status of a step that is gone', { status: 'CARD_CHARGED' }, 'CARD_CHARGED', 'execution-interrupted'],
  ])('and an order %s: what is known is undone, and an operator has to resolve the rest', async (_name, change, unknown, kind) => {
    const { orders } = shop;
    const orderId = newId();
    const stock = await shop.balances.stock();
    const alertsBefore = orders.sent.alerts.length;
    orders.stopAfter(orderId, 'Record ProcessPayment');
    const ended = new Promise<void>((done) => shop.cloud.executions.onStatus(({ name, outcome }) => name === orderId && outcome && done()));
    await orders.submit(order(orderId));
    await orders.clock.until(ended, HOUR, () => 'the execution has not ended');
    await orders.seed({ orders: [{ ...await orders.order(orderId), ...change }] });

    const row = await orders.settled(orderId);

    expect(row).toMatchObject({ status: 'NEEDS_ATTENTION', reason: `could not undo ${unknown}` });
    expect(await shop.balances.payment(orderId)).toBe('REFUNDED');
    expect(await shop.balances.stock()).toBe(stock);
    expect(kindsSince(alertsBefore)).toEqual([kind, 'compensation-failed']);
    await orders.invoke('RepairOrder', { orderId, action: 'retry' });
    await orders.clock.advance(60_000);
    expect(await orders.order(orderId)).toMatchObject({ status: 'NEEDS_ATTENTION' });
    await orders.invoke('RepairOrder', { orderId, action: 'resolved', by: 'ann' });
    await orders.clock.advance(60_000);
    expect(await orders.order(orderId)).toMatchObject({ status: 'REFUNDED' });
  });

  test.each([
    ['ProcessPayment accepted?', 'eve'],
    ['Undo ProcessPayment', 'eve'],
  ])('after %s of an order that was being rejected: it ends as it would have', async (state, userId) => {
    const { orders } = shop;
    const orderId = newId();
    const stock = await shop.balances.stock();
    const alertsBefore = orders.sent.alerts.length;
    orders.stopAfter(orderId, state === 'ProcessPayment accepted?' ? 'CheckFraud accepted?' : state);
    await orders.submit(order(orderId, userId));

    const row = await orders.settled(orderId);

    expect(row).toMatchObject({ status: 'REFUNDED', reason: 'SUSPICIOUS: known', undo: { cause: 'rejected' } });
    expect(await faultsOf(orderId, row, stock)).toEqual([]);
    expect(kindsSince(alertsBefore)).toEqual(['execution-interrupted']);
  });
});

describe('of an execution that was interrupted without an event', () => {
  beforeAll(async () => {
    shop = await openSaga(undefined, undefined, {}, withoutEvents);
  });
  afterAll(() => shop.cloud.close());

  test('the order is recovered by one of many attempts at once', async () => {
    const { orders } = shop;
    const orderId = newId();
    const stock = await shop.balances.stock();
    const alertsBefore = orders.sent.alerts.length;
    orders.stopAfter(orderId, 'Record ProcessPayment');
    await orders.submit(order(orderId));
    const { order: interrupted } = await orders.outcome(orderId);

    const event = { detail: { executionArn: interrupted!.owner!, status: 'ABORTED', name: orderId, input: JSON.stringify({ orderId }) } };
    // None of them has the order before all have come to it.
    orders.faults.call('dynamodb:UpdateItem').times(5).isThrottled();
    await Promise.all(Array.from({ length: 5 }, () => orders.invoke(SWEEPER, event)));
    const row = await orders.settled(orderId);
    await orders.clock.advance(HOUR);

    expect(recoveries()).toHaveLength(5);
    expect(recoveries().filter(({ history }) => history.some(({ stateEnteredEventDetails: at }) =>
      (at as { name: string } | undefined)?.name === 'Undo ProcessPayment'))).toHaveLength(1);
    expect(kindsSince(alertsBefore)).toEqual(['execution-interrupted']);
    expect(await faultsOf(orderId, row, stock)).toEqual([]);
  });
});
