import { MessageAttributeValue, PublishBatchCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { FilterOrPolicy, SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, LambdaSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { aCloud, aFunction, parsed, TestCloud } from './a-cloud';

let test1: TestCloud;
let client: SNSClient;
const TopicArn = 'arn:aws:sns:us-east-1:000000000000:alerts';

beforeAll(async () => {
  test1 = await aCloud((stack) => {
    const topic = new Topic(stack, 'Alerts', { topicName: 'alerts' });
    topic.addSubscription(new SqsSubscription(new Queue(stack, 'All', { queueName: 'all' })));
    topic.addSubscription(
      new SqsSubscription(new Queue(stack, 'Failed', { queueName: 'failed' }), {
        rawMessageDelivery: true,
        filterPolicy: { kind: SubscriptionFilter.stringFilter({ allowlist: ['order-failed'] }) },
      }),
    );
    topic.addSubscription(
      new SqsSubscription(new Queue(stack, 'Large', { queueName: 'large' }), {
        rawMessageDelivery: true,
        filterPolicyWithMessageBody: { total: FilterOrPolicy.filter(SubscriptionFilter.numericFilter({ greaterThan: 100 })) },
      }),
    );
    topic.addSubscription(new LambdaSubscription(aFunction(stack, 'alerted', 'async () => {}')));
    topic.addSubscription(new EmailSubscription('team@example.com'));
  });
  client = new SNSClient(test1.cloud.clientConfig);
});

afterAll(() => test1.cloud.close());

async function bodies(queue: string): Promise<string[]> {
  const sqs = new SQSClient(test1.cloud.clientConfig);
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: `${test1.cloud.endpointUrl}/000000000000/${queue}`,
      MaxNumberOfMessages: 10,
    }),
  );
  return Messages.map(({ Body }) => Body!);
}

test('a message reaches the subscribers whose filter it passes, each in its form', async () => {
  const Message = '{"orderId":"order-1","total":150}';
  const { MessageId } = await client.send(
    new PublishCommand({
      TopicArn,
      Subject: 'Order <failed> & alerted',
      Message,
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'order-failed' } },
    }),
  );
  await client.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: [{ Id: '1', Message: '{"total":50}' }] }));
  await test1.clock.idle();

  expect((await bodies('all')).map(parsed)).toMatchObject([
    {
      Type: 'Notification',
      MessageId,
      TopicArn,
      Message,
      Subject: 'Order <failed> & alerted',
      MessageAttributes: { kind: { Type: 'String', Value: 'order-failed' } },
    },
    { Message: '{"total":50}' },
  ]);
  expect(await bodies('failed')).toEqual([Message]);
  expect(await bodies('large')).toEqual([Message]);
  expect(test1.received('alerted')).toContainEqual({
    Records: [
      expect.objectContaining({
        EventSource: 'aws:sns',
        Sns: expect.objectContaining({ MessageId, Message, MessageAttributes: { kind: { Type: 'String', Value: 'order-failed' } } }),
      }),
    ],
  });
  expect(test1.cloud.outbox.messages[0]).toMatchObject({ channel: 'email', to: ['team@example.com'], text: Message });
});

test('a topic that does not exist and an empty message are refused', async () => {
  await expect(client.send(new PublishCommand({ TopicArn: `${TopicArn}2`, Message: 'x' }))).rejects.toMatchObject({
    name: 'NotFoundException',
  });
  await expect(client.send(new PublishCommand({ TopicArn, Message: '' }))).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

test('an attribute without a value is refused, and told by its name', async () => {
  const publish = (kind: MessageAttributeValue) => client.send(new PublishCommand({ TopicArn, Message: 'x', MessageAttributes: { kind } }));
  const refusal = (type: string) => ({
    name: 'InvalidParameterValueException',
    message: `The message attribute 'kind' must contain non-empty message attribute value for message attribute type '${type}'.`,
  });
  await expect(publish({ DataType: 'String', StringValue: '' })).rejects.toMatchObject(refusal('String'));
  await expect(publish({ DataType: 'Number' })).rejects.toMatchObject(refusal('Number'));
  await expect(publish({ DataType: 'Binary', StringValue: 'x' })).rejects.toMatchObject(refusal('Binary'));
  await expect(publish({ DataType: 'Binary', BinaryValue: Buffer.from('x') })).resolves.toBeDefined();
});
