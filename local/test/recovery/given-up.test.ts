import { OrderStatus, ReserveInventory, ValidateOrder } from '../../../src';
import { ownCall } from '../../src/testkit/own-call';
import { openSaga, order, SagaFixture } from '../saga/saga-fixture';

const HOUR = 60 * 60_000;
const AT = '2026-01-01T00:00:00.000Z';

const SAGAS = [
  ['that validates first', () => [new ValidateOrder(), new ReserveInventory()], 'ValidateOrder'],
  ['that validates nothing', () => [new ReserveInventory()], 'Open order'],
] as const;

describe.each(SAGAS)('an order that no execution of a workflow %s took', (_, steps, firstState) => {
  let shop: SagaFixture;
  let count = 0;

  beforeAll(async () => {
    shop = await openSaga(undefined, () => [...steps()]);
  });
  afterAll(() => shop.cloud.close());

  /** Received, and started three times without success. */
  async function notStarted(): Promise<string> {
    const { orders } = shop;
    const orderId = `order-${++count}`;
    await orders.seed({
      orders: [{
        ...order(orderId),
        status: OrderStatus.RECEIVED,
        version: 1,
        history: { 1: { status: OrderStatus.RECEIVED, at: AT, step: 'Intake' } },
        createdAt: AT,
        updatedAt: AT,
        openSince: AT,
        openShard: 'a',
      }],
    });
    for (const state of [firstState, 'Look up order']) {
      orders.faults.state(state).always().failsBeforeEffect();
    }
    await orders.clock.advance(2 * HOUR);
    orders.faults.clear();
    expect(await orders.order(orderId)).toMatchObject({ status: 'RECEIVED', givenUpAt: expect.any(String) });
    return orderId;
  }

  /** As docs/operations.md describes it. */
  const cancel = (orderId: string) => ownCall(shop.cloud.calls, 'dynamodb', 'UpdateItem', {
    TableName: shop.orders.resources.ordersTable,
    Key: { orderId: { S: orderId } },
    UpdateExpression: 'SET cancelRequestedAt = :now',
    ConditionExpression: 'attribute_exists(openSince) AND attribute_not_exists(#u) AND #s <> :completed',
    ExpressionAttributeNames: { '#s': 'status', '#u': 'undo' },
    ExpressionAttributeValues: { ':now': { S: AT }, ':completed': { S: 'COMPLETED' } },
  });

  test('cannot be resolved, and is completed by a retry', async () => {
    const { orders } = shop;
    const orderId = await notStarted();

    await expect(orders.invoke('RepairOrder', { orderId, action: 'resolved' })).rejects.toThrow("repair it with 'retry', and the next sweep starts it");
    expect(await orders.invoke('RepairOrder', { orderId, action: 'retry' })).toMatchObject({ by: 'sweep' });

    expect(await orders.settled(orderId)).toMatchObject({ status: 'COMPLETED' });
  });

  test('is ended by a cancel and a retry, without its being processed', async () => {
    const { orders } = shop;
    const stock = await shop.balances.stock();
    const orderId = await notStarted();

    await cancel(orderId);
    await orders.clock.advance(HOUR);
    expect(await orders.order(orderId)).toMatchObject({ status: 'RECEIVED' });
    await orders.invoke('RepairOrder', { orderId, action: 'retry' });

    expect(await orders.settled(orderId)).toMatchObject({ status: 'CANCELLED' });
    expect(await shop.balances.stock()).toBe(stock);
  });
});
