import { anOrder, shopFixture, fraudCheck, PRODUCTS } from './shop-fixture';
import { ProcessPayment, ReserveInventory, ValidateOrder } from '../../../src';
import { LocalCloud, LocalWorkflow } from '../../src';

let cloud: LocalCloud;
let orders: LocalWorkflow;

beforeAll(async () => {
  const { stack } = shopFixture((shop) => ({
    steps: [new ValidateOrder(), new ReserveInventory(), ProcessPayment.simulated(), fraudCheck(shop)],
  }));
  cloud = await LocalCloud.fromStack(stack);
  orders = await cloud.workflow();
  await orders.seed(PRODUCTS);
});

afterAll(() => cloud.close());

test('an order that every step accepts is completed, and the outcome has its path', async () => {
  const outcome = await orders.process(anOrder('completed'));

  expect(outcome).toMatchObject({ status: 'COMPLETED', execution: 'SUCCEEDED', order: { userId: 'ann', version: 6 } });
  expect(outcome.path).toEqual(expect.arrayContaining(['ValidateOrder', 'ReserveInventory', 'ProcessPayment', 'CheckFraud', 'Complete order']));
  expect(await orders.order('completed')).toEqual(outcome.order);
  expect(orders.sent.alerts).toEqual([]);
});

test('a rejected order has its reason and raises no alert', async () => {
  const outcome = await orders.process(anOrder('sold-out', { items: [{ productId: 'chair', quantity: 2, price: 120 }], totalAmount: 240 }));

  expect(outcome).toMatchObject({ status: 'OUT_OF_STOCK', reason: 'chair: 2 wanted, 1 in stock', execution: 'SUCCEEDED' });
  expect(orders.sent.alerts).toEqual([]);
});

test('an invalid order has no row', async () => {
  const outcome = await orders.process(anOrder('invalid', { totalAmount: 1 }));

  expect(outcome).toMatchObject({ status: 'INVALID', reason: expect.stringContaining('totalAmount') });
  expect(outcome.order).toBeUndefined();
  expect(await orders.order('invalid')).toBeUndefined();
});

test('a failed order is refunded, and its alert carries the attributes that subscribers filter by', async () => {
  const outcome = await orders.process(anOrder('refunded', { userId: 'breaks' }));

  expect(outcome).toMatchObject({ status: 'REFUNDED', execution: 'FAILED', error: 'OrderFailed', cause: expect.stringContaining('no score') });
  expect(orders.sent.alerts).toMatchObject([{
    attributes: { kind: 'order-failed', step: 'CheckFraud', error: 'RangeError' }, body: { orderId: 'refunded' },
  }]);
});

test('the history holds the events of the execution and the states it entered', async () => {
  const order = await orders.submit(anOrder('with-history'));
  const { path } = await order.outcome();

  const { events, states } = order.history();
  expect(states).toEqual(path);
  expect(events[0]).toMatchObject({ type: 'ExecutionStarted' });
  expect(events[events.length - 1]).toMatchObject({ type: 'ExecutionSucceeded' });
});

test('the history has the times of a state’s attempts', async () => {
  orders.faults.state('ProcessPayment').times(2).failsBeforeEffect('Lambda.ServiceException');
  const order = await orders.submit(anOrder('tried-again'));
  await order.outcome();

  const [first, second, third, ...others] = order.history().attempts('ProcessPayment').map((at) => at.getTime());
  expect(second).toBeGreaterThan(first);
  expect(third).toBeGreaterThan(second);
  expect(others).toEqual([]);
  expect(order.history().attempts('ReserveInventory')).toHaveLength(1);
  expect(order.history().attempts('Undo ProcessPayment: refund')).toEqual([]);
});

test('a submitted order is under way until time passes', async () => {
  const order = await orders.submit(anOrder('under-way'));

  expect(await order.reaches('RESERVED')).toMatchObject({ orderId: 'under-way' });
  expect(await order.outcome()).toMatchObject({ status: 'COMPLETED' });
  await expect(order.reaches('SUSPECT')).rejects.toThrow("order 'under-way' has ended; its status is COMPLETED");
});

test('many orders are awaited at once', async () => {
  await orders.seed([{ productId: 'pen', price: 1, stock: 1000 }]);
  const ids = Array.from({ length: 20 }, (_, index) => `many-${index}`);
  const outcomes = await Promise.all(ids.map((id) =>
    orders.process(anOrder(id, { items: [{ productId: 'pen', quantity: 1, price: 1 }], totalAmount: 1 }))));

  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['COMPLETED']));
});

test('a stopped execution leaves its order as it was', async () => {
  const order = await orders.submit(anOrder('stopped'));
  order.stop('Stopped', 'by a test');

  expect(await order.outcome()).toMatchObject({ execution: 'ABORTED', error: 'Stopped', cause: 'by a test' });
});

test('an order that was not submitted is unknown', async () => {
  await expect(orders.outcome('unknown')).rejects.toThrow(/no order 'unknown' was started in this workflow; started were .* and \d+ more/);
  await expect(orders.submit({ userId: 'ann' })).rejects.toThrow('an order without an orderId needs an execution name');
});
