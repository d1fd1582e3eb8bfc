import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { InvokeFunction, OrderProcessingWorkflow, ProcessPayment, ReserveInventory, ValidateOrder } from 'cdk-order-workflow';

const app = new App();
const stack = new Stack(app, 'Shop');

const courier = new Function(stack, 'Courier', {
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: Code.fromInline("exports.handler = async ({ userId }) => { if (userId === 'moon') throw new Error('no courier goes there'); };"),
});

new OrderProcessingWorkflow(stack, 'Orders', {
  steps: [
    new ValidateOrder(),
    new ReserveInventory(),
    ProcessPayment.simulated({ approvalRate: 0.9 }),
    new InvokeFunction({ stepName: 'BookCourier', handler: courier, acceptedStatus: 'COURIER_BOOKED' }),
  ],
  removalPolicy: RemovalPolicy.DESTROY,
});

app.synth();
