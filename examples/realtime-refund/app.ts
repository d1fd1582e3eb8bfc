import { App, CfnOutput, RemovalPolicy, Stack, aws_lambda as lambda } from 'aws-cdk-lib';
import { OrderProcessingWorkflow, ProcessPayment, ReserveInventory, ValidateOrder, WebSocketIntake } from 'cdk-order-workflow';

const stack = new Stack(new App(), 'RealtimeRefund');

/** Where the payment provider would be asked. It is asked again with the same key if its answer is lost. */
const refund = new lambda.Function(stack, 'Refund', {
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline("exports.handler = async ({ key }) => ({ status: 'REFUNDED', refundId: key });"),
});

const workflow = new OrderProcessingWorkflow(stack, 'Orders', {
  steps: [
    ProcessPayment.prepaid({ refund }),
    new ValidateOrder(),
    new ReserveInventory(),
  ],
  statusFeed: {},
  intakes: [new WebSocketIntake()],
  removalPolicy: RemovalPolicy.DESTROY,
});

new CfnOutput(stack, 'FeedUrl', { value: workflow.statusFeed.url });
