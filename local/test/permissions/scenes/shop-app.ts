import { join } from 'node:path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  AwaitApproval, CreateOrder, EmailNotifier, EnqueueOrder, EventIntake, FunctionAlert, HttpIntake, InvokeFunction, OrderProcessingWorkflow,
  PagerDutyAlert, ProcessPayment, QueueAlert, QueueIntake, QueueNotifier, ReserveInventory, SendConfirmation, SlackAlert, TopicNotifier,
  ValidateOrder, WebSocketIntake,
} from '../../../../src';
import { inlineFunction } from '../../saga/saga-fixture';

/** A stack with every part of the library that makes grants; one key encrypts all of it. */
export function shopApp(outdir: string, receiver: string): App {
  // As `cdk init` sets it: statements that can be one are one.
  const app = new App({ outdir, context: { '@aws-cdk/aws-iam:minimizePolicies': true } });
  const stack = new Stack(app, 'Shop');
  const checkFraud = inlineFunction(stack, 'CheckFraud', "return event.userId === 'eve' ? { status: 'SUSPICIOUS' } : { status: 'CLEARED' };");
  const http = new HttpIntake();
  new OrderProcessingWorkflow(stack, 'Orders', {
    encryptionKey: new Key(stack, 'Key'),
    steps: [
      new ValidateOrder(),
      new ReserveInventory(),
      new CreateOrder(),
      ProcessPayment.simulated(),
      new AwaitApproval({ onlyIf: '$states.input.totalAmount > 100' }),
      new InvokeFunction({
        stepName: 'CheckFraud',
        handler: checkFraud,
        acceptedStatus: 'CLEARED',
        rejectedStatuses: ['SUSPICIOUS'],
        undoHandler: inlineFunction(stack, 'ForgetScore', 'return {};'),
      }),
    ],
    closingSteps: [new EnqueueOrder({ queue: new Queue(stack, 'Shipping') }), new SendConfirmation({ sender: 'shop@example.com', recipient: 'orders@example.com' })],
    statusFeed: {},
    intakes: [http, new QueueIntake(), new EventIntake({ eventPattern: { source: ['shop'] } }), new WebSocketIntake()],
    notifiers: [
      new EmailNotifier({ sender: 'shop@example.com', recipient: 'orders@example.com', statuses: ['COMPLETED'] }),
      new QueueNotifier(new Queue(stack, 'News')),
      new TopicNotifier(new Topic(stack, 'Statuses')),
    ],
    alertTargets: [
      new SlackAlert(new Secret(stack, 'Webhook')),
      new PagerDutyAlert(new Secret(stack, 'RoutingKey')),
      new QueueAlert(new Queue(stack, 'Archive')),
      new FunctionAlert(inlineFunction(stack, 'OnAlert', "console.log('alert');")),
    ],
    functionSettings: {
      environment: { NODE_OPTIONS: `--require ${join(__dirname, '..', '..', 'alerts', 'redirect-receivers.js')}`, RECEIVER: receiver },
    },
  });
  new CfnOutput(stack, 'HttpUrl', { value: http.api.apiEndpoint });
  return app;
}
