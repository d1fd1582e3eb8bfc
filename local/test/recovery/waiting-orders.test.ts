import { Duration } from 'aws-cdk-lib';
import { AwaitApproval, ReserveInventory, ValidateOrder } from '../../../src';
import { openSaga, order, SagaFixture } from '../saga/saga-fixture';

const HOUR = 60 * 60_000;

let shop: SagaFixture;
let count = 0;
const newId = () => `order-${++count}`;

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
