import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { OrderProcessingWorkflow, ProcessPayment, ReserveInventory, ValidateOrder } from 'cdk-order-workflow';

const app = new App();
const stack = new Stack(app, 'Shop');

new OrderProcessingWorkflow(stack, 'Orders', {
  steps: [
    new ValidateOrder(),
    new ReserveInventory(),
    ProcessPayment.simulated({ approvalRate: 0.9 }),
  ],
  removalPolicy: RemovalPolicy.DESTROY,
});

app.synth();
