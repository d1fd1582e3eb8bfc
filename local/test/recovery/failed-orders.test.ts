import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { AFTER_EXPRESS, openSaga, order, SagaFixture } from '../saga/saga-fixture';

const ACTIONS = ['retry', 'resolved'];

describe.each([StateMachineType.STANDARD, StateMachineType.EXPRESS])('a failed order of a %s workflow, whose failure could not be published', (type) => {
  let shop: SagaFixture;
  let count = 0;

  beforeAll(async () => {
    shop = await openSaga(type);
  });
  afterEach(() => shop.orders.faults.clear());
  afterAll(() => shop.cloud.close());

  /** An order that fails at its last step, while these states fail permanently. */
  async function failing(...states: string[]): Promise<string> {
    const { orders } = shop;
    for (const state of ['CheckFraud', 'Publish failure', ...states]) {
      orders.faults.state(state).always().failsBeforeEffect();
    }
    const { orderId } = await orders.process(order(`order-${++count}`));
    orders.faults.clear();
    return orderId;
  }

  /** The kinds of alert about an order, in the order in which they came. */
  const kindsOf = (orderId: string) => shop.orders.sent.alerts
    .filter(({ body }) => (body as { orderId: string }).orderId === orderId).map(({ attributes }) => attributes.kind);

  test('is published as an order that failed once the topic accepts it again', async () => {
    const orderId = await failing();
    const row = await shop.orders.settled(orderId);

    expect(kindsOf(orderId)).toEqual(['order-failed']);
    expect(row).toMatchObject({ status: 'REFUNDED', alertedAt: expect.any(String) });
  });

  test('and which is on hold, is published by the sweeper, once', async () => {
    const orderId = await failing('Undo ReserveInventory');
    await shop.orders.clock.advance(6 * AFTER_EXPRESS);

    expect(kindsOf(orderId)).toEqual(['compensation-failed', 'order-failed']);
    expect(await shop.orders.order(orderId)).toMatchObject({ status: 'NEEDS_ATTENTION', alertedAt: expect.any(String) });
    expect(shop.orders.sent.alerts.find(({ body, attributes }) => attributes.kind === 'order-failed' && (body as { orderId: string }).orderId === orderId))
      .toMatchObject({ attributes: { step: 'CheckFraud' }, body: { step: 'CheckFraud', cause: expect.stringContaining('CheckFraud failed') } });
  });

  test.each(ACTIONS)('and which an operator repairs before the sweeper comes (%s), is published with the repair', async (action) => {
    const orderId = await failing('Undo ReserveInventory');
    await shop.orders.invoke('RepairOrder', { orderId, action });
    await shop.orders.clock.advance(60_000);
    const row = await shop.orders.settled(orderId);

    expect(kindsOf(orderId)).toEqual(['compensation-failed', 'order-failed', 'order-repaired']);
    expect(row).toMatchObject({ status: 'REFUNDED', alertedAt: expect.any(String) });
    expect(row.openSince).toBeUndefined();
  });

  test.each(ACTIONS)('and cannot be published with the repair either (%s), stays listed until it is', async (action) => {
    const orderId = await failing('Undo ReserveInventory');
    shop.orders.faults.state('Publish failure').always().failsBeforeEffect();
    await shop.orders.invoke('RepairOrder', { orderId, action });
    await shop.orders.clock.advance(3 * 60_000);
    expect(kindsOf(orderId)).toEqual(['compensation-failed']);
    shop.orders.faults.clear();
    const row = await shop.orders.settled(orderId);

    expect(kindsOf(orderId)).toEqual(['compensation-failed', 'order-failed', 'order-repaired']);
    expect(row.status).toBe('REFUNDED');
  });
});
