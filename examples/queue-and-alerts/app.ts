import { join } from 'path';
import {
  App, CfnOutput, Duration, RemovalPolicy, SecretValue, Stack, aws_lambda as lambda, aws_lambda_event_sources as sources,
  aws_secretsmanager as secretsmanager, aws_sqs as sqs,
} from 'aws-cdk-lib';
import {
  CreateOrder, EmailAlert, EnqueueOrder, FunctionNotifier, HttpIntake, OrderProcessingWorkflow, SlackAlert, ValidateOrder,
} from 'cdk-order-workflow';

const stack = new Stack(new App(), 'Orders');

const functionOf = (name: string) => new lambda.Function(stack, name, {
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: `${name}.handler`,
  code: lambda.Code.fromAsset(join(__dirname, 'functions')),
  timeout: Duration.seconds(5),
});

// The worker processes completed orders: it receives them from the queue when it is ready.
const toProcess = new sqs.Queue(stack, 'ToProcess', {
  deadLetterQueue: { queue: new sqs.Queue(stack, 'NotProcessed'), maxReceiveCount: 3 },
});
functionOf('processOrder').addEventSource(new sources.SqsEventSource(toProcess, { reportBatchItemFailures: true }));

// The address of the real webhook is put into the secret once it is deployed, and into no template.
const webhook = new secretsmanager.Secret(stack, 'SlackWebhook', {
  secretStringValue: SecretValue.unsafePlainText('https://hooks.slack.com/services/to-be-put-in'),
});

const http = new HttpIntake();
new OrderProcessingWorkflow(stack, 'Orders', {
  intakes: [http],
  steps: [
    new ValidateOrder(),
    new CreateOrder({ handler: functionOf('createOrder') }),
  ],
  closingSteps: [new EnqueueOrder({ queue: toProcess })],
  notifiers: [new FunctionNotifier(functionOf('notifyOrder'), { statuses: ['COMPLETED', 'INVALID'] })],
  alertTargets: [new SlackAlert(webhook), new EmailAlert('operations@example.com')],
  removalPolicy: RemovalPolicy.DESTROY,
});

new CfnOutput(stack, 'OrdersUrl', { value: `${http.url}orders` });
new CfnOutput(stack, 'SlackWebhookSecret', { value: webhook.secretName });
