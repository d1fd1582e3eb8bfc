import { Stack } from 'aws-cdk-lib';
import { InvokeFunction, IOrderStep } from '../../../src';
import { inlineFunction, openSaga, order, SagaFixture } from '../saga/saga-fixture';

let shop: SagaFixture;
afterEach(() => shop.cloud.close());

/** Runs an order whose step returns a status that it does not declare, and stops its execution after that was recorded. */
async function interruptedAfterRecord(step: string, orderId: string): Promise<void> {
  const { orders } = shop;
  orders.faults.state(step).answers({ status: 'MAYBE' });
  orders.stopAfter(orderId, `Record ${step}`);
  await orders.process(order(orderId));
}

test('a payment with an undeclared status is refunded when its execution is interrupted after that was recorded', async () => {
  shop = await openSaga();
  const { orders, balances } = shop;
  const stock = await balances.stock();
  await interruptedAfterRecord('ProcessPayment', 'order-1');
  expect(await balances.payment('order-1')).toBe('APPROVED');
  expect(await orders.order('order-1')).toMatchObject({ status: 'FAILED', undo: { cause: 'failed' } });

  const row = await orders.settled('order-1');

  expect(row).toMatchObject({ status: 'REFUNDED' });
  expect(await balances.payment('order-1')).toBe('REFUNDED');
  expect(await balances.faultsOf({ orderId: 'order-1', status: row.status, path: [], execution: 'ABORTED', order: row }, stock)).toEqual([]);
});

test('an order whose first step returned an undeclared status stays listed as open until it is undone', async () => {
  const onlyStep = (stack: Stack): IOrderStep[] => [new InvokeFunction({
    stepName: 'Quote',
    handler: inlineFunction(stack, 'Quote', "return { status: 'QUOTED' };"),
    acceptedStatus: 'QUOTED',
    undoHandler: inlineFunction(stack, 'Withdraw', 'return {};'),
  })];
  shop = await openSaga(undefined, onlyStep);
  const { orders } = shop;
  await interruptedAfterRecord('Quote', 'order-1');
  expect(await orders.order('order-1')).toMatchObject({ status: 'FAILED', openSince: expect.any(String) });

  const row = await orders.settled('order-1');

  expect(row).toMatchObject({ status: 'FAILED', undo: { cause: 'failed', done: { Quote: expect.any(String) } } });
  expect(orders.sent.alerts.map(({ attributes }) => attributes.kind)).toEqual(['order-failed']);
});

test('an order whose first step has nothing to undo and returned an undeclared status stays listed as open until it is ended', async () => {
  shop = await openSaga(undefined, (stack) => [
    new InvokeFunction({ stepName: 'Greet', handler: inlineFunction(stack, 'Greet', "return { status: 'GREETED' };"), acceptedStatus: 'GREETED' }),
  ]);
  const { orders } = shop;
  await interruptedAfterRecord('Greet', 'order-1');
  expect(await orders.order('order-1')).toMatchObject({ status: 'FAILED', openSince: expect.any(String) });

  const row = await orders.settled('order-1');

  expect(row).toMatchObject({ status: 'FAILED', alertedAt: expect.any(String) });
  expect(orders.sent.alerts.map(({ attributes }) => attributes.kind)).toEqual(['order-failed']);
});
