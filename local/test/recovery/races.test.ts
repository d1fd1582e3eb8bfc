import { Duration } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { AwaitApproval, ClosingFunction, EnqueueOrder, InvokeFunction, OrderStatus, ReserveInventory, ValidateOrder } from '../../../src';
import { OrderRow } from '../../src';
import { withoutEvents } from './without-events';
import { inlineFunction, openSaga, order, SagaFixture } from '../saga/saga-fixture';

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
    ['whose undo began at a step that is gone', { status: 'FAILED', undo: { cause: 'failed', from: 'ChargeCard', done: {} } }, 'ChargeCard'],
    ['that is in a status of a step that is gone', { status: 'CARD_CHARGED' }, 'CARD_CHARGED'],
  ])('and an order %s: what is known is undone, and an operator has to resolve the rest', async (_name, change, unknown) => {
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
    expect(kindsSince(alertsBefore)).toEqual(['execution-interrupted', 'compensation-failed']);
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

const received = (orderId: string, more: object = {}) => ({
  ...order(orderId),
  status: OrderStatus.RECEIVED,
  version: 1,
  history: { 1: { status: OrderStatus.RECEIVED, at: '2026-01-01T00:00:00.000Z', step: 'Intake' } },
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  openSince: '2026-01-01T00:00:00.000Z',
  openShard: 'a',
  ...more,
});

describe('an order that an EXPRESS execution takes long after it was received', () => {
  beforeAll(async () => {
    shop = await openSaga(StateMachineType.EXPRESS, (stack) => [
      new InvokeFunction({ stepName: 'CheckAddress', handler: inlineFunction(stack, 'CheckAddress', 'return {};'), acceptedStatus: 'CHECKED' }),
      new ReserveInventory(),
    ]);
  });
  afterAll(() => shop.cloud.close());

  test('is left to it while it runs', async () => {
    const { orders } = shop;
    const orderId = newId();
    const alertsBefore = orders.sent.alerts.length;
    orders.faults.state('CheckAddress').timesOut();
    await orders.seed({ orders: [received(orderId)] });
    await orders.submit(order(orderId));
    await orders.clock.advance(1_000);

    await orders.invoke(SWEEPER, {});
    const row = await orders.settled(orderId);

    expect(row.status).toBe('COMPLETED');
    expect(recoveries()).toEqual([]);
    expect(kindsSince(alertsBefore)).toEqual([]);
  });
});

describe('an order that was received', () => {
  beforeAll(async () => {
    shop = await openSaga();
  });
  afterAll(() => shop.cloud.close());

  test.each([
    ['and never started is started', {}, 'COMPLETED'],
    ['and cancelled before it started is started to be cancelled', { cancelRequestedAt: '2026-01-01T00:00:01.000Z' }, 'CANCELLED'],
  ])('%s', async (_name, more, status) => {
    const orderId = newId();
    const stock = await shop.balances.stock();
    await shop.orders.seed({ orders: [received(orderId, more)] });

    const row = await shop.orders.settled(orderId);

    expect(row.status).toBe(status);
    expect(await faultsOf(orderId, row, stock)).toEqual([]);
  });

  test('and is interrupted three times before anything is written is published once, and started when an operator retries it', async () => {
    const { orders } = shop;
    const orderId = newId();
    const alertsBefore = orders.sent.alerts.length;
    await orders.seed({ orders: [received(orderId)] });
    orders.faults.state('ValidateOrder').always().failsBeforeEffect();
    orders.faults.state('Look up order').always().failsBeforeEffect();

    await orders.clock.advance(2 * HOUR);
    orders.faults.clear();

    expect(await orders.order(orderId)).toMatchObject({ status: 'RECEIVED', restarts: 3, givenUpAt: expect.any(String) });
    expect(kindsSince(alertsBefore).filter((kind) => kind === 'execution-interrupted')).toHaveLength(1);

    expect(await orders.invoke('RepairOrder', { orderId, action: 'retry' })).toMatchObject({ by: 'sweep' });
    expect(await orders.settled(orderId)).toMatchObject({ status: 'COMPLETED' });
  });
});

describe('an order that waits for a decision', () => {
  beforeAll(async () => {
    shop = await openSaga(undefined, () => [new ValidateOrder(), new ReserveInventory(), new AwaitApproval({ timeout: Duration.hours(6) })]);
  });
  afterAll(() => shop.cloud.close());

  test('is not changed by the sweeper, and decided', async () => {
    const { orders } = shop;
    const orderId = newId();
    await orders.submit(order(orderId));
    await orders.reaches(orderId, 'PENDING_APPROVAL');
    await orders.clock.advance(5 * HOUR);
    await orders.invoke('DecideFunction', { orderId, approved: true });

    expect(await orders.settled(orderId)).toMatchObject({ status: 'COMPLETED' });
  });

  test('is undone when its execution is stopped', async () => {
    const { orders } = shop;
    const orderId = newId();
    const stock = await shop.balances.stock();
    await orders.submit(order(orderId));
    await orders.reaches(orderId, 'PENDING_APPROVAL');
    orders.stop(orderId);

    const row = await orders.settled(orderId);

    expect(row).toMatchObject({ status: 'FAILED', reason: 'AwaitApproval failed' });
    expect(stock - await shop.balances.stock()).toBe(0);
    await expect(orders.invoke('DecideFunction', { orderId, approved: true })).rejects.toThrow();
  });
});

describe('a completed order with closing steps', () => {
  beforeAll(async () => {
    shop = await openSaga(undefined, () => [new ValidateOrder(), new ReserveInventory()], {}, undefined, (stack) => [
      new EnqueueOrder({ queue: new Queue(stack, 'Shipping') }),
      new ClosingFunction({ stepName: 'Thank', handler: inlineFunction(stack, 'Thank', 'return {};') }),
    ]);
  });
  afterAll(() => shop.cloud.close());

  test('is closed after the last of them', async () => {
    const { order: row } = await shop.orders.process(order(newId()));

    expect(row).toMatchObject({ status: 'COMPLETED' });
    expect(row!.openSince).toBeUndefined();
  });

  test('whose failed closing step could not be published is published later', async () => {
    const { orders } = shop;
    const orderId = newId();
    const alertsBefore = orders.sent.alerts.length;
    orders.faults.state('EnqueueOrder').always().failsBeforeEffect();
    orders.faults.state('Publish failed EnqueueOrder').always().failsBeforeEffect();
    const { status, path } = await orders.process(order(orderId));
    orders.faults.clear();

    const row = await orders.settled(orderId);

    expect({ status, path }).toMatchObject({ status: 'COMPLETED', path: expect.arrayContaining(['Thank']) });
    expect(row.status).toBe('COMPLETED');
    expect(orders.sent.alerts.slice(alertsBefore).map(({ attributes }) => [attributes.kind, attributes.step])).toEqual([['closing-step-failed', 'EnqueueOrder']]);
  });

  test('whose failed closing steps could not be published is published with each of them later', async () => {
    const { orders } = shop;
    const orderId = newId();
    const alertsBefore = orders.sent.alerts.length;
    for (const step of ['EnqueueOrder', 'Thank']) {
      orders.faults.state(step).always().failsBeforeEffect();
      orders.faults.state(`Publish failed ${step}`).always().failsBeforeEffect();
    }
    await orders.process(order(orderId));
    orders.faults.clear();

    const row = await orders.settled(orderId);

    expect(row.status).toBe('COMPLETED');
    expect(orders.sent.alerts.slice(alertsBefore).map(({ attributes }) => [attributes.kind, attributes.step])).toEqual([
      ['closing-step-failed', 'EnqueueOrder'], ['closing-step-failed', 'Thank'],
    ]);
  });

  test.each(['Complete order', 'EnqueueOrder', 'Thank'])('stays completed when its execution is interrupted after %s, and that is published', async (state) => {
    const { orders } = shop;
    const orderId = newId();
    const alertsBefore = orders.sent.alerts.length;
    orders.stopAfter(orderId, state);
    await orders.submit(order(orderId));

    const row = await orders.settled(orderId);

    expect(row.status).toBe('COMPLETED');
    expect(kindsSince(alertsBefore)).toEqual(['execution-interrupted']);
    expect(row.undo).toBeUndefined();
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
