import { OpenExample, openExample, ordersOf } from './example-cloud';
import { OrderOutcome } from '../../src';

let shop: OpenExample;

beforeEach(async () => {
  shop = await openExample('minimal-saga');
});

afterEach(() => shop.cloud.close());

const stockOf = async (productId: string) => (await shop.cloud.item(shop.workflow.resources.productsTable!, { productId }))?.stock;

function orderOf(orderId: string): object {
  return ordersOf('minimal-saga').find((entry) => entry.orderId === orderId)!.order;
}

/** Runs the orders of the example, one after the other. */
async function runAll(): Promise<OrderOutcome[]> {
  const outcomes: OrderOutcome[] = [];
  for (const { order } of ordersOf('minimal-saga')) {
    outcomes.push(await shop.workflow.process(order));
  }
  return outcomes;
}

test('an order that is in stock and paid is completed: the inventory is checked, the payment made, the status written', async () => {
  const { status, path, order } = await shop.workflow.process(orderOf('order-1'));

  expect(status).toBe('COMPLETED');
  expect(path.filter((state) => !/accepted\?|Record/.test(state))).toEqual(['ValidateOrder', 'CheckInventory', 'ProcessPayment', 'Complete order']);
  expect(order).toMatchObject({ status: 'COMPLETED', payment: { transactionId: expect.any(String) } });
});

test('an order that is out of stock ends OUT_OF_STOCK, and is not charged', async () => {
  const { status, reason, path, order } = await shop.workflow.process(orderOf('order-11'));

  expect([status, reason]).toEqual(['OUT_OF_STOCK', 'chair: 1 wanted, 0 in stock']);
  expect(path).not.toContain('ProcessPayment');
  expect(order).not.toHaveProperty('payment.transactionId');
});

test('an order whose payment is declined ends PAYMENT_DECLINED, and its stock is given back', async () => {
  const before = await stockOf('lamp');
  const { status, path } = await shop.workflow.process(orderOf('order-4'));

  expect(status).toBe('PAYMENT_DECLINED');
  expect(path).toContain('Undo CheckInventory');
  expect(await stockOf('lamp')).toBe(before);
});

test('nine payments in ten succeed, and the same ones in each run', async () => {
  const first = await runAll();
  await shop.cloud.close();
  shop = await openExample('minimal-saga', { seed: 2 });

  expect((await runAll()).map(({ status }) => status)).toEqual(first.map(({ status }) => status));
  const charged = first.filter(({ path }) => path.includes('ProcessPayment')).map(({ status }) => status);
  expect(charged.filter((status) => status !== 'COMPLETED')).toEqual(['PAYMENT_DECLINED']);
  expect(charged).toHaveLength(10);
});

test('neither is a failed execution, is retried or raises an alert', async () => {
  const outcomes = await runAll();

  expect(outcomes.map(({ execution }) => execution)).toEqual(outcomes.map(() => 'SUCCEEDED'));
  expect(outcomes.flatMap(({ orderId }) => shop.workflow.history(orderId).events).filter(({ type }) => /Failed|TimedOut/.test(type))).toEqual([]);
  expect(shop.workflow.sent.alerts).toEqual([]);
});

test('a payment that fails is refunded as far as it happened, and an alert is published', async () => {
  shop.workflow.faults.state('ProcessPayment').always().failsAfterEffect();
  const { status, reason, execution, error } = await shop.workflow.process(orderOf('order-1'));

  expect({ status, reason, execution, error }).toEqual({
    status: 'REFUNDED', reason: 'FAILED: ProcessPayment failed', execution: 'FAILED', error: 'OrderFailed',
  });
  expect(shop.workflow.sent.alerts).toMatchObject([{ attributes: { kind: 'order-failed', step: 'ProcessPayment' } }]);
});

test('an order with nothing but its id is refused with what it lacks', async () => {
  expect(await shop.workflow.process(orderOf('order-12'))).toMatchObject({
    status: 'INVALID', reason: 'userId: is missing; items: is missing; totalAmount: is missing',
  });
});

test('the history of an execution has the states that it entered', async () => {
  const { path, orderId } = await shop.workflow.process(orderOf('order-1'));
  const { events, states } = shop.workflow.history(orderId);

  expect(states).toEqual(path);
  expect([events[0].type, events[events.length - 1].type]).toEqual(['ExecutionStarted', 'ExecutionSucceeded']);
});
