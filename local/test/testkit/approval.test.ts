import { Duration } from 'aws-cdk-lib';
import { anOrder, shopFixture, PRODUCTS } from './shop-fixture';
import { AwaitApproval, OrderProcessingWorkflow, ReserveInventory, ValidateOrder } from '../../../src';
import { LocalCloud, LocalWorkflow } from '../../src';

let cloud: LocalCloud;
let orders: LocalWorkflow;
let shop: OrderProcessingWorkflow;

beforeAll(async () => {
  const { stack, workflow } = shopFixture(() => ({
    steps: [new ValidateOrder(), new ReserveInventory(), new AwaitApproval({ timeout: Duration.days(2) })],
    recovery: { sweepInterval: Duration.hours(6) },
  }));
  shop = workflow;
  cloud = await LocalCloud.fromStack(stack);
  orders = await cloud.workflow();
  await orders.seed(PRODUCTS);
});

afterAll(() => cloud.close());

test('an order that waits for an approval is decided by the function of the workflow', async () => {
  const order = await orders.submit(anOrder('approved'));
  await order.reaches('PENDING_APPROVAL');

  expect(await orders.invoke(shop.decideFunction, { orderId: 'approved', approved: true, by: 'eve' })).toMatchObject({ status: 'APPROVED' });

  expect(await order.outcome()).toMatchObject({ status: 'COMPLETED' });
});

test('an approval expires after two days', async () => {
  const begin = orders.clock.now.getTime();

  expect(await orders.process(anOrder('forgotten'))).toMatchObject({ status: 'NOT_APPROVED' });

  expect(orders.clock.now.getTime() - begin).toBe(Duration.days(2).toMilliseconds());
});

test('a test can advance the time', async () => {
  const order = await orders.submit(anOrder('slow'));
  await orders.clock.advance(Duration.days(1).toMilliseconds());
  expect(await order.row()).toMatchObject({ status: 'PENDING_APPROVAL' });
  await orders.clock.advance(Duration.days(1).toMilliseconds());
  expect(await order.row()).toMatchObject({ status: 'NOT_APPROVED' });
});

test('what a function throws is thrown to its caller', async () => {
  await expect(orders.invoke(shop.decideFunction, { orderId: 'unknown', approved: true })).rejects.toThrow('there is no order unknown');
});
