import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { OrderProcessingWorkflow, ProcessPayment, ReserveInventory, ValidateOrder } from 'cdk-order-workflow';

const stack = new Stack(new App(), 'MinimalSaga');

new OrderProcessingWorkflow(stack, 'Orders', {
  steps: [
    new ValidateOrder(),
    new ReserveInventory({ stepName: 'CheckInventory' }),
    ProcessPayment.simulated({ approvalRate: 0.9 }),
  ],
  removalPolicy: RemovalPolicy.DESTROY,
});
