import { openSaga, order, SagaFixture } from './saga-fixture';
import { writeConcurrently } from './concurrent-write';

const STATES = [
  'ValidateOrder', 'ReserveInventory', 'ProcessPayment', 'Record ProcessPayment', 'CreateOrder', 'CheckFraud', 'Record CheckFraud', 'Complete order',
];
const CANCEL_REQUEST = { cancelRequestedAt: '2026-01-01T00:00:00.000Z' };

let shop: SagaFixture;
let count = 0;
beforeAll(async () => {
  shop = await openSaga();
});
afterAll(() => shop.cloud.close());

test.each(STATES.flatMap((state) => [[state, 'before'] as const, [state, 'after'] as const]))(
  'a cancel around %s (%s): all is done, or all is undone', async (state, when) => {
    const { cloud, orders, balances } = shop;
    const orderId = `order-${++count}`;
    const stock = await balances.stock();
    const alertsBefore = orders.sent.alerts.length;
    writeConcurrently(cloud, { state, when }, orderId, CANCEL_REQUEST);

    const outcome = await orders.process(order(orderId));

    const tooEarlyOrLate = (state === 'ValidateOrder' && when === 'before') || (state === 'Complete order' && when === 'after');
    const charged = await balances.payment(orderId) !== undefined;
    expect(outcome.status).toBe(tooEarlyOrLate ? 'COMPLETED' : charged ? 'REFUNDED' : 'CANCELLED');
    expect(outcome.execution).toBe('SUCCEEDED');
    expect(await balances.faultsOf(outcome, stock)).toEqual([]);
    expect(orders.sent.alerts).toHaveLength(alertsBefore);
  });

test.each([
  ['ValidateOrder', 'ProcessPayment'],
  ['ProcessPayment', 'CreateOrder'],
  ['CreateOrder', 'CheckFraud'],
  ['CheckFraud', 'Complete order'],
])('a cancel that is requested during %s is seen before %s', async (state, next) => {
  const orderId = `order-${++count}`;
  writeConcurrently(shop.cloud, { state, when: state === 'CreateOrder' ? 'before' : 'after' }, orderId, CANCEL_REQUEST);

  const { path } = await shop.orders.process(order(orderId));

  expect(path).toContain(state);
  expect(path).not.toContain(next);
});

test.each([
  'ReserveInventory', 'Record ProcessPayment', 'CreateOrder', 'Record CheckFraud', 'Complete order',
])('when another execution takes the order over before %s, this one ends and changes nothing more', async (state) => {
  const { cloud, orders } = shop;
  const orderId = `order-${++count}`;
  writeConcurrently(cloud, { state, when: 'before' }, orderId, { owner: 'recovery' });

  const outcome = await orders.process(order(orderId));

  expect(outcome).toMatchObject({ execution: 'SUCCEEDED', status: 'DUPLICATE' });
  expect(outcome.order).toMatchObject({ owner: 'recovery', openSince: expect.any(String) });
  expect(outcome.order).not.toHaveProperty('undo');
  expect(outcome.path).not.toContain('Begin undo');
});

test.each([
  'Begin undo', 'Undo ReserveInventory', 'Record undo of ProcessPayment', 'Finish undo',
])('when another execution takes the order over before %s, this one leaves the undo to it', async (state) => {
  const { cloud, orders } = shop;
  const orderId = `order-${++count}`;
  writeConcurrently(cloud, { state, when: 'before' }, orderId, { owner: 'recovery' });
  orders.faults.state('CheckFraud').always().failsBeforeEffect();

  const outcome = await orders.process(order(orderId));
  orders.faults.clear();

  expect(outcome.order).toMatchObject({ owner: 'recovery', openSince: expect.any(String) });
  expect(outcome).toMatchObject({ execution: 'SUCCEEDED', status: 'DUPLICATE' });
});
