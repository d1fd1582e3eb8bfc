import { join } from 'path';
import {
  App, CfnOutput, Duration, RemovalPolicy, Stack, aws_dynamodb as dynamodb, aws_lambda as lambda, aws_sns as sns, aws_stepfunctions as sfn,
  aws_stepfunctions_tasks as tasks,
} from 'aws-cdk-lib';
import { ClosingStates, OrderProcessingWorkflow, ProcessPayment, QueueIntake, TopicNotifier, ValidateOrder } from 'cdk-order-workflow';

const stack = new Stack(new App(), 'Payments');

// Stands for the payment gateway: what it was asked to charge, and what became of it.
const charges = new dynamodb.Table(stack, 'Charges', {
  partitionKey: { name: 'key', type: dynamodb.AttributeType.STRING },
  removalPolicy: RemovalPolicy.DESTROY,
});
const gatewayFunction = (name: string) => {
  const fn = new lambda.Function(stack, name, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: `${name.toLowerCase()}.handler`,
    code: lambda.Code.fromAsset(join(__dirname, 'functions')),
    environment: { CHARGES: charges.tableName },
  });
  charges.grantReadWriteData(fn);
  return fn;
};

// Tried again after 2, 4 and 8 seconds, to the second.
const retry: sfn.RetryProps = { maxAttempts: 3, interval: Duration.seconds(2), backoffRate: 2, jitterStrategy: sfn.JitterType.NONE };

const news = new sns.Topic(stack, 'News');
const publishCompletion = tasks.SnsPublish.jsonata(stack, 'Publish completion', {
  topic: news,
  message: sfn.TaskInput.fromObject({
    orderId: '{% $states.input.orderId %}',
    userId: '{% $states.input.userId %}',
    status: '{% $states.input.status %}',
    totalAmount: '{% $states.input.totalAmount %}',
    transactionId: '{% $states.input.payment.transactionId %}',
    message: 'Thank you: your order is paid and on its way.',
  }),
}).addRetry(retry);

const intake = new QueueIntake();
new OrderProcessingWorkflow(stack, 'Orders', {
  intakes: [intake],
  steps: [
    new ValidateOrder({ checkStock: true, retry }),
    new ProcessPayment({ charge: gatewayFunction('Charge'), refund: gatewayFunction('Refund'), retry: { ...retry, maxAttempts: 2 } }),
  ],
  closingSteps: [new ClosingStates({ stepName: 'NotifyCompletion', states: publishCompletion })],
  notifiers: [new TopicNotifier(news, { statuses: ['INVALID', 'PAYMENT_DECLINED', 'FAILED', 'REFUNDED'] })],
  alertRejections: true,
  removalPolicy: RemovalPolicy.DESTROY,
});

new CfnOutput(stack, 'OrdersQueueUrl', { value: intake.queue.queueUrl });
