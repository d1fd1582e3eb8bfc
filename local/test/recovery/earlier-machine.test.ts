import { Duration } from 'aws-cdk-lib';
import { StateMachineType, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { withoutEvents } from './without-events';
import { ProcessPayment, ReserveInventory, RunStates, ValidateOrder } from '../../../src';
import { openSaga, order, SagaFixture } from '../saga/saga-fixture';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SWEEPER = 'Recovery/OrderSweeper';

let shop: SagaFixture;
let described: string[];
let count = 0;
beforeAll(async () => {
  shop = await openSaga(StateMachineType.STANDARD, (stack) => [
    new ValidateOrder(),
    new ReserveInventory(),
    ProcessPayment.simulated(),
    new RunStates({
      stepName: 'Pack', states: Wait.jsonata(stack, 'Packing', { time: WaitTime.duration(Duration.hours(5)), outputs: {} }), acceptedStatus: 'PACKED',
    }),
  ], {}, withoutEvents);
  shop.cloud.calls.observe(({ operation, input }) => { if (operation === 'DescribeExecution') described.push(String(input.executionArn)); });
});
beforeEach(() => { described = []; });
afterAll(() => shop.cloud.close());

const kindsOf = (orderId: string) => shop.orders.sent.alerts
  .filter(({ body }) => (body as { orderId: string }).orderId === orderId).map(({ attributes }) => attributes.kind);

/** An order in the middle of its long step, whose execution is one of a state machine that was replaced. */
async function ofEarlierMachine(): Promise<string> {
  const { orders } = shop;
  const orderId = `order-${++count}`;
  await orders.submit(order(orderId));
  await orders.reaches(orderId, 'PAID');
  const row = (await orders.order(orderId))!;
  await orders.seed({ orders: [{ ...row, owner: String(row.owner).replace(/:execution:[^:]+:/, ':execution:OrdersBefore:') }] });
  return orderId;
}

test('an order in a step of hours is neither described nor published as overdue, and is completed', async () => {
  const { orders } = shop;
  const orderId = `order-${++count}`;
  await orders.submit(order(orderId));
  await orders.reaches(orderId, 'PAID');
  await orders.clock.advance(4 * HOUR);

  expect(described).toEqual([]);
  expect(await orders.settled(orderId)).toMatchObject({ status: 'COMPLETED' });
});

test('an order in a step of hours whose execution was interrupted without an event is undone when that time is over', async () => {
  const { orders, balances } = shop;
  const orderId = `order-${++count}`;
  const stock = await balances.stock();
  await orders.submit(order(orderId));
  await orders.reaches(orderId, 'PAID');
  orders.stop(orderId);
  await orders.clock.advance(5 * HOUR);
  expect(await orders.order(orderId)).toMatchObject({ status: 'PAID' });

  const row = await orders.settled(orderId);

  expect(row).toMatchObject({ status: 'REFUNDED' });
  expect(await balances.faultsOf({ orderId, status: row.status, path: [], execution: 'ABORTED', order: row }, stock)).toEqual([]);
});

test('an order of an earlier state machine is left alone by sweeps, and undone at once when an operator takes it over', async () => {
  const { orders, balances } = shop;
  const stock = await balances.stock();
  const orderId = await ofEarlierMachine();
  await orders.clock.advance(HOUR);
  await orders.invoke(SWEEPER, {});
  expect(await orders.order(orderId)).toMatchObject({ status: 'PAID' });
  await expect(orders.invoke('RepairOrder', { orderId, action: 'retry' })).rejects.toThrow("repair the order with 'takeOver'");

  expect(await orders.invoke('RepairOrder', { orderId, action: 'takeOver' })).toMatchObject({ by: 'recovery' });
  const row = await orders.settled(orderId);

  expect(row).toMatchObject({ status: 'REFUNDED', owner: expect.stringContaining('Recovery') });
  expect(await balances.faultsOf({ orderId, status: row.status, path: [], execution: 'ABORTED', order: row }, stock)).toEqual([]);
  expect(kindsOf(orderId)).toEqual(['execution-interrupted']);
  expect(described.filter((arn) => arn.includes('OrdersBefore'))).toEqual([]);
  // Its execution still runs: it finds that the order has another owner, and changes nothing.
  await orders.clock.advance(6 * HOUR);
  expect(await orders.order(orderId)).toEqual(row);
});

test('an order of an earlier state machine is undone by itself when all the time that an order can take is over', async () => {
  const { orders, balances } = shop;
  const stock = await balances.stock();
  const orderId = await ofEarlierMachine();
  orders.stop(orderId);
  await orders.clock.advance(5 * HOUR);
  expect(await orders.order(orderId)).toMatchObject({ status: 'PAID' });
  await orders.clock.advance(2 * HOUR);
  const row = await orders.settled(orderId);

  expect(row).toMatchObject({ status: 'REFUNDED' });
  expect(await balances.faultsOf({ orderId, status: row.status, path: [], execution: 'ABORTED', order: row }, stock)).toEqual([]);
  expect(kindsOf(orderId)).toEqual(['execution-interrupted']);
});
