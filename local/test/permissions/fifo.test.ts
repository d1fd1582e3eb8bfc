import { App, Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, CfnEventSourceMapping, CfnFunction, Function } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { CfnSubscription, CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { LocalCloud } from '../../src';
import { inlineFunction } from '../services/cloud-fixture';

const FIFO = 'arn:aws:sqs:us-east-1:000000000000:orders.fifo';
const LISTENS = { eventPattern: { source: ['shop'] } };

async function create(describe: (stack: Stack) => unknown): Promise<void> {
  const stack = new Stack(new App(), 'Test');
  describe(stack);
  await (await LocalCloud.fromStack(stack)).close();
}

const redrivenTo = (stack: Stack, deadLetterTargetArn: string, fifoQueue?: boolean) =>
  new CfnQueue(stack, 'Queue', { fifoQueue, redrivePolicy: { deadLetterTargetArn, maxReceiveCount: 3 } });

function reader(stack: Stack): Function {
  const reading = inlineFunction(stack, 'read', 'async () => {}');
  new Queue(stack, 'Source').grantConsumeMessages(reading);
  return reading;
}

function mapped(stack: Stack, eventSourceArn: string, batchSize: number, maximumBatchingWindowInSeconds?: number): void {
  const { functionName, role } = reader(stack);
  role!.addToPrincipalPolicy(new PolicyStatement({ actions: ['sqs:*'], resources: ['*'] }));
  new CfnEventSourceMapping(stack, 'Mapping', { functionName, eventSourceArn, batchSize, maximumBatchingWindowInSeconds });
}

it.each<[string, (stack: Stack) => unknown, RegExp]>([
  [
    'a FIFO queue whose name does not end as one',
    (stack) => new CfnQueue(stack, 'Queue', { fifoQueue: true, queueName: 'orders' }),
    /property QueueName.*The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with \.fifo suffix/,
  ],
  [
    'a standard queue with the name of a FIFO queue',
    (stack) => new CfnQueue(stack, 'Queue', { queueName: 'orders.fifo' }),
    /property QueueName.*Can only include alphanumeric characters, hyphens, or underscores\. 1 to 80 in length/,
  ],
  [
    'a standard queue that deduplicates by content',
    (stack) => new CfnQueue(stack, 'Queue', { contentBasedDeduplication: true }),
    /property ContentBasedDeduplication.*Unknown Attribute ContentBasedDeduplication\./,
  ],
  ['a standard queue with a FIFO dead-letter queue', (stack) => redrivenTo(stack, FIFO), /Reason: Dead-letter queue must be same type of queue as the source\./],
  [
    'a FIFO queue with a standard dead-letter queue',
    (stack) => redrivenTo(stack, new Queue(stack, 'Letters').queueArn, true),
    /Value \{"deadLetterTargetArn":"arn:aws:sqs:.*,"maxReceiveCount":3\} for parameter RedrivePolicy is invalid\. Reason: Dead-letter queue must be same type/,
  ],
  [
    'a queue with a dead-letter queue that is not there',
    (stack) => redrivenTo(stack, 'arn:aws:sqs:us-east-1:000000000000:letters'),
    /Reason: Dead letter target does not exist\./,
  ],
  ['a FIFO topic whose name does not end as one', (stack) => new CfnTopic(stack, 'Topic', { fifoTopic: true, topicName: 'orders' }), /Fifo Topic names must end with \.fifo/],
  ['a standard topic with the name of a FIFO topic', (stack) => new CfnTopic(stack, 'Topic', { topicName: 'orders.fifo' }), /Invalid parameter: Topic Name/],
  [
    'a FIFO queue that is subscribed to a standard topic',
    (stack) => new CfnSubscription(stack, 'Subscription', { topicArn: new Topic(stack, 'Topic').topicArn, protocol: 'sqs', endpoint: FIFO }),
    /Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics/,
  ],
  ['an event source that waits for messages of a FIFO queue', (stack) => mapped(stack, FIFO, 10, 5), /Batching window is not supported for FIFO queues/],
  [
    'an event source with large batches that does not wait for them',
    (stack) => mapped(stack, new Queue(stack, 'Large').queueArn, 11),
    /Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10/,
  ],
  [
    'a function with a FIFO dead-letter queue',
    (stack) => {
      (reader(stack).node.defaultChild as CfnFunction).deadLetterConfig = { targetArn: FIFO };
    },
    /property DeadLetterConfig\): names arn:aws:sqs:.*orders\.fifo, which is FIFO, and Lambda sends no message group/,
  ],
  [
    'a destination that is FIFO',
    (stack) => new CfnEventInvokeConfig(stack, 'Config', {
      functionName: reader(stack).functionName, qualifier: '$LATEST', destinationConfig: { onFailure: { destination: FIFO } },
    }),
    /property DestinationConfig\): names .*which is FIFO, and Lambda/,
  ],
  ['a rule that sends to a FIFO queue without a message group', (stack) => new CfnRule(stack, 'Rule', { ...LISTENS, targets: [{ id: 'a', arn: FIFO }] }),
    /Parameter\(s\) SqsParameters must be specified for target: a\./],
  [
    'a rule with a FIFO dead-letter queue',
    (stack) => new CfnRule(stack, 'Rule', { ...LISTENS, targets: [{ id: 'a', arn: new Queue(stack, 'Queue').queueArn, deadLetterConfig: { arn: FIFO } }] }),
    /which is FIFO, and EventBridge sends no message group/,
  ],
  [
    'a schedule with a FIFO dead-letter queue',
    (stack) => new CfnSchedule(stack, 'Schedule', {
      scheduleExpression: 'rate(1 hour)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: { arn: new Queue(stack, 'Queue').queueArn, roleArn: 'arn:aws:iam::000000000000:role/x', deadLetterConfig: { arn: FIFO } },
    }),
    /which is FIFO, and Scheduler sends no message group/,
  ],
])('%s is refused', async (_, describe, message) => {
  await expect(create(describe)).rejects.toThrow(message);
});
