import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  CreateOrder, HttpIntake, OrderProcessingWorkflow, ProcessPayment, ReserveInventory, SendConfirmation, ValidateOrder,
} from 'cdk-order-workflow';

const stack = new Stack(new App(), 'RestWithEmail');
const rest = new HttpIntake();

new OrderProcessingWorkflow(stack, 'Orders', {
  intakes: [rest],
  steps: [
    new ValidateOrder(),
    new ReserveInventory({ stepName: 'UpdateInventory' }),
    new CreateOrder(),
    ProcessPayment.simulated({ approvalRate: 0.9 }),
  ],
  closingSteps: [new SendConfirmation({ sender: 'shop@example.com' })],
  removalPolicy: RemovalPolicy.DESTROY,
});

new CfnOutput(stack, 'Url', { value: rest.url });
