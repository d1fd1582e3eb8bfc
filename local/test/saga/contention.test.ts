import { Duration } from 'aws-cdk-lib';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { ProcessPayment, ReserveInventory, ValidateOrder } from '../../../src';
import { OrderOutcome } from '../../src';
import { openSaga, order, SagaFixture } from './saga-fixture';

/** An order is paid before its stock is reserved, so that a rejection has something to undo. */
const steps = () => [
  new ValidateOrder(), ProcessPayment.simulated(), new ReserveInventory({ contentionTimeout: Duration.seconds(10) }),
];

function timeOf({ order: row }: OrderOutcome, status: string): number {
  const entries = Object.values(row!.history as Record<string, { status: string; at: string }>);
  return Date.parse(entries.find((entry) => entry.status === status)!.at);
}

describe.each([StateMachineType.STANDARD, StateMachineType.EXPRESS])('in a %s workflow, a reservation that meets other orders', (type) => {
  let shop: SagaFixture;
  let count = 0;
  const transactions = (orderCount: number) => shop.orders.faults.call('dynamodb:TransactWriteItems', { resource: 'Products' }).times(orderCount);

  beforeAll(async () => {
    shop = await openSaga(type, steps);
  });
  afterEach(() => shop.orders.faults.clear());
  afterAll(() => shop.cloud.close());

  test('waits for its turn, over as many invocations as that takes', async () => {
    // Eight tries of an invocation, twice, and the first of the third.
    transactions(17).meetsConflict();
    const outcome = await shop.orders.process(order(`order-${++count}`));

    expect(outcome).toMatchObject({ status: 'COMPLETED', execution: 'SUCCEEDED' });
  }, 60_000);

  test('is rejected as BUSY when its turn does not come, within its time: what was paid is refunded, nothing is reserved, and no alert is sent', async () => {
    const { orders, balances } = shop;
    const stock = await balances.stock();
    const alertsBefore = orders.sent.alerts.length;
    transactions(Infinity).meetsConflict();

    const outcome = await orders.process(order(`order-${++count}`));

    expect(outcome).toMatchObject({ status: 'REFUNDED', reason: expect.stringMatching(/^BUSY: .*order again later/), execution: 'SUCCEEDED' });
    expect(outcome.order).toMatchObject({ undo: { cause: 'rejected', from: 'ProcessPayment' } });
    expect(outcome.path).not.toContain('Undo ReserveInventory');
    expect(await balances.faultsOf(outcome, stock)).toEqual([]);
    expect(orders.sent.alerts).toHaveLength(alertsBefore);
    // The refund comes at once after the rejection, whose entry has the time at which its state was entered.
    expect(timeOf(outcome, 'REFUNDED') - timeOf(outcome, 'BUSY')).toBeLessThanOrEqual(10_000);
    expect(timeOf(outcome, 'REFUNDED') - timeOf(outcome, 'BUSY')).toBeGreaterThanOrEqual(5_000);
  }, 60_000);

  test('is completed where a try that lost its answer had reserved', async () => {
    const { orders, balances } = shop;
    const stock = await balances.stock();
    transactions(1).failsAfterEffect();
    transactions(Infinity).meetsConflict();

    const outcome = await orders.process(order(`order-${++count}`));

    expect(outcome).toMatchObject({ status: 'COMPLETED' });
    expect(await balances.faultsOf(outcome, stock)).toEqual([]);
  }, 60_000);
});
