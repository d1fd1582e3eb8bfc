import { App, Stack } from 'aws-cdk-lib';
import { OrderProcessingWorkflow, ProcessPayment, ReserveInventory, ValidateOrder } from 'cdk-order-workflow';
import { LocalCloud } from 'cdk-order-workflow-local';

test('an order that cannot be paid fails, and an alert is published', async () => {
  const stack = new Stack(new App(), 'Shop');
  new OrderProcessingWorkflow(stack, 'Orders', { steps: [new ValidateOrder(), new ReserveInventory(), ProcessPayment.simulated()] });
  const cloud = await LocalCloud.fromStack(stack);
  const orders = await cloud.workflow();
  await orders.seed([{ productId: 'lamp', price: 30, stock: 5 }]);
  orders.faults.state('ProcessPayment').always().failsBeforeEffect();

  const { status } = await orders.process({ orderId: 'order-1', userId: 'ann', items: [{ productId: 'lamp', quantity: 2, price: 30 }], totalAmount: 60 });

  expect(status).toBe('FAILED');
  expect(orders.sent.alerts).toMatchObject([{ attributes: { kind: 'order-failed', step: 'ProcessPayment' } }]);
  await cloud.close();
});
