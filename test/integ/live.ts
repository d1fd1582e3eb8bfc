import { App, Stack } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EmailNotifier, OrderProcessingWorkflow, QueueNotifier, TopicNotifier } from '../../src';

/** A workflow with a WebSocket API, and an email, a queue and a topic as notifiers. */
export function live(app: App): Stack {
  const stack = new Stack(app, 'Live');
  const workflow = new OrderProcessingWorkflow(stack, 'Orders', {
    statusFeed: {},
    notifiers: [
      new EmailNotifier({ sender: 'shop@example.com', statuses: ['COMPLETED'] }),
      new QueueNotifier(new sqs.Queue(stack, 'Shipping'), { statuses: ['COMPLETED'] }),
    ],
  });
  workflow.addNotifier(new TopicNotifier(new sns.Topic(stack, 'Topic'), { notifierName: 'News' }));
  return stack;
}
