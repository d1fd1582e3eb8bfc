import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { InvokeFunction, OrderStatus, ReserveInventory } from '../../../src';
import { OrderRow } from '../../src';
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
