import { MessageAttributeValue, PublishBatchCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { FilterOrPolicy, Subscription, SubscriptionFilter, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, LambdaSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { openCloud, inlineFunction, parsed, TestCloud } from './cloud-fixture';

let test1: TestCloud;
let client: SNSClient;
const TopicArn = 'arn:aws:sns:us-east-1:000000000000:alerts';

/** Queues, and the tags that a message has to have to come there. */
const BY_TAGS: Record<string, unknown[]> = {
  'rugby-or-seven': ['rugby', 7],
  'neither-rugby-nor-soccer': [{ 'anything-but': ['rugby', 'soccer'] }],
  'no-bas': [{ 'anything-but': { prefix: 'bas' } }],
  'above-six': [{ numeric: ['>', 6] }],
  'true-or-null': [true, null],
  'tagged': [{ exists: true }],
};

beforeAll(async () => {
  test1 = await openCloud((stack) => {
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
    for (const [name, conditions] of Object.entries(BY_TAGS)) {
      topic.addSubscription(
        new SqsSubscription(new Queue(stack, name, { queueName: name }), {
          rawMessageDelivery: true,
          filterPolicy: { tags: new SubscriptionFilter(conditions) },
        }),
      );
    }
    topic.addSubscription(new LambdaSubscription(inlineFunction(stack, 'alerted', 'async () => {}')));
    topic.addSubscription(
      new LambdaSubscription(Function.fromFunctionArn(stack, 'Gone', 'arn:aws:lambda:us-east-1:000000000000:function:gone'), {
        deadLetterQueue: new Queue(stack, 'Undelivered', { queueName: 'undelivered' }),
        filterPolicy: { kind: SubscriptionFilter.stringFilter({ allowlist: ['lost'] }) },
      }),
    );
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

test('an attribute without a value is rejected by its name', async () => {
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

test.each([
  ['is empty', ''],
  ['has over 100 characters', 'x'.repeat(101)],
  ['is not ASCII', 'Ördér failed'],
  ['has a line break', 'Order\nfailed'],
  ['has a control character', 'Order \u0007 failed'],
  ['begins with a space', ' Order failed'],
])('a subject that %s is refused', async (_why, Subject) => {
  const refusal = { name: 'InvalidParameterException', message: 'Invalid parameter: Subject' };
  await expect(client.send(new PublishCommand({ TopicArn, Subject, Message: 'x' }))).rejects.toMatchObject(refusal);
  const batch = new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: [{ Id: '1', Subject, Message: 'x' }] });
  await expect(client.send(batch)).rejects.toMatchObject(refusal);
});

test('a subject of 100 characters is taken', async () => {
  await expect(client.send(new PublishCommand({ TopicArn, Subject: '~'.repeat(100), Message: 'x' }))).resolves.toBeDefined();
});

describe('an attribute that is an array', () => {
  const publish = (StringValue: string) =>
    client.send(new PublishCommand({ TopicArn, Message: StringValue, MessageAttributes: { tags: { DataType: 'String.Array', StringValue } } }));

  // Each element is looked at alone, so anything-but wants one that is something else; it does not want all to be.
  test.each([
    ['["rugby", "baseball"]', ['rugby-or-seven', 'neither-rugby-nor-soccer', 'no-bas', 'tagged']],
    ['["rugby", 7]', ['rugby-or-seven', 'neither-rugby-nor-soccer', 'no-bas', 'above-six', 'tagged']],
    ['["basketball", "baseball"]', ['neither-rugby-nor-soccer', 'tagged']],
    ['[true, 6]', ['neither-rugby-nor-soccer', 'no-bas', 'true-or-null', 'tagged']],
    ['[null, "7"]', ['neither-rugby-nor-soccer', 'no-bas', 'true-or-null', 'tagged']],
    ['[]', []],
  ])('%s passes the filters that one of its elements passes', async (tags, queues) => {
    await publish(tags);
    await test1.clock.idle();

    const heard = await Promise.all(Object.keys(BY_TAGS).map(async (queue) => ((await bodies(queue)).includes(tags) ? [queue] : [])));
    expect(heard.flat()).toEqual(queues);
  });

  test.each(['rugby', '"rugby"', '7', '{"a":1}', '[["rugby"]]', '[{"a":1}]', '["rugby"', 'null'])('that holds %s is rejected by its name', async (tags) => {
    await expect(publish(tags)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: "The message attribute 'tags' must be a JSON array of strings, numbers, booleans and null for message attribute type 'String.Array'.",
    });
  });
});

test('what could not be delivered to a function goes to the dead-letter queue in the form of a queue’s message', async () => {
  const MessageAttributes = { kind: { DataType: 'String', StringValue: 'lost' } };
  const { MessageId } = await client.send(new PublishCommand({ TopicArn, Subject: 'Lost', Message: 'x', MessageAttributes }));
  await test1.clock.idle();

  expect((await bodies('undelivered')).map(parsed)).toEqual([
    expect.objectContaining({
      Type: 'Notification', MessageId, TopicArn, Subject: 'Lost', Message: 'x', MessageAttributes: { kind: { Type: 'String', Value: 'lost' } },
    }),
  ]);
});

// https://github.com/localstack/localstack/issues/8816
describe('a second subscription of one endpoint', () => {
  const subscribing = async (...kinds: Array<string | undefined>) => openCloud((stack) => {
    const topic = new Topic(stack, 'Alerts');
    kinds.forEach((kind, index) => new Subscription(stack, `Subscription${index}`, {
      topic,
      protocol: SubscriptionProtocol.EMAIL,
      endpoint: 'team@example.com',
      ...(kind && { filterPolicy: { kind: SubscriptionFilter.stringFilter({ allowlist: [kind] }) } }),
    }));
  });

  test('with other attributes is refused, as by SNS', async () => {
    await expect(subscribing('lost', 'failed')).rejects.toThrow(
      'Invalid parameter: Attributes Reason: Subscription already exists with different attributes');
  });

  test('with the same attributes is the first one', async () => {
    const { cloud } = await subscribing('lost', 'lost');
    expect(cloud).toBeDefined();
    await cloud.close();
  });
});
