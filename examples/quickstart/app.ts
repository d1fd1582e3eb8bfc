import { App, RemovalPolicy, Stack, aws_lambda as lambda } from 'aws-cdk-lib';
import { HttpIntake, InvokeFunction, OrderProcessingWorkflow, ProcessPayment, ReserveInventory, ValidateOrder } from 'cdk-order-workflow';

const stack = new Stack(new App(), 'Shop');

const bookCourier = new lambda.Function(stack, 'BookCourier', {
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline(`exports.handler = async ({ userId }) => {
    if (userId === 'moon') throw new Error('no courier goes there');
    return { courier: 'swift' };
  };`),
});

new OrderProcessingWorkflow(stack, 'Orders', {
  steps: [
    new ValidateOrder(),
    new ReserveInventory(),
    ProcessPayment.simulated(),
    new InvokeFunction({ stepName: 'BookCourier', handler: bookCourier, acceptedStatus: 'COURIER_BOOKED' }),
  ],
  statusFeed: {},
  intakes: [new HttpIntake({ openToAll: true })],
  removalPolicy: RemovalPolicy.DESTROY,
});
