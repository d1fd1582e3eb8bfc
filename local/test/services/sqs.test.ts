import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { Duration } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { openCloud, inlineFunction, TestCloud } from './cloud-fixture';

let test1: TestCloud;
let client: SQSClient;
const url = (name: string) => `${test1.cloud.endpointUrl}/000000000000/${name}`;

beforeAll(async () => {
  test1 = await openCloud((stack) => {
    const deadLetters = new Queue(stack, 'DeadLetters', { queueName: 'dead-letters' });
    new Queue(stack, 'Orders', {
      queueName: 'orders',
      visibilityTimeout: Duration.seconds(30),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 2 },
    });
    const worked = new Queue(stack, 'Worked', {
      queueName: 'worked',
      visibilityTimeout: Duration.seconds(60),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 2 },
    });
    const worker = inlineFunction(
      stack,
      'worker',
      `async ({ Records }) => ({
      batchItemFailures: Records.filter(({ body }) => body.includes('bad')).map(({ messageId }) => ({ itemIdentifier: messageId })),
    })`,
    );
    worker.addEventSource(new SqsEventSource(worked, { reportBatchItemFailures: true, batchSize: 5 }));
    const chosen = new Queue(stack, 'Chosen', { queueName: 'chosen' });
    inlineFunction(stack, 'chooser', 'async () => {}').addEventSource(
      new SqsEventSource(chosen, {
        filters: [FilterCriteria.filter({ body: { kind: FilterRule.isEqual('order') } })],
      }),
    );
  });
  client = new SQSClient(test1.cloud.clientConfig);
});

afterAll(() => test1.cloud.close());

const receive = async (queue: string, more = {}) =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl: url(queue), MaxNumberOfMessages: 10, ...more }))).Messages ?? [];

test('a received message is in flight until it is deleted or its visibility timeout ends', async () => {
  await client.send(
    new SendMessageCommand({
      QueueUrl: url('orders'),
      MessageBody: 'order-1',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'order' } },
    }),
  );
  const [first] = await receive('orders', { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
  expect(first).toMatchObject({
    Body: 'order-1',
    MessageAttributes: { kind: { StringValue: 'order' } },
    Attributes: { ApproximateReceiveCount: '1' },
  });
  expect(await receive('orders')).toEqual([]);

  await test1.clock.advance(30_000);
  const [again] = await receive('orders');
  expect(again.MessageId).toBe(first.MessageId);
  await client.send(new DeleteMessageCommand({ QueueUrl: url('orders'), ReceiptHandle: again.ReceiptHandle }));
  await test1.clock.advance(30_000);
  expect(await receive('orders')).toEqual([]);
});

test('a message that is received too often moves to the dead-letter queue', async () => {
  await client.send(new SendMessageCommand({ QueueUrl: url('orders'), MessageBody: 'poison' }));
  for (let time = 0; time < 2; time++) {
    const [message] = await receive('orders');
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: url('orders'),
        ReceiptHandle: message.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
  }
  expect(await receive('orders')).toEqual([]);
  const [deadLetter] = await receive('dead-letters');
  expect(deadLetter.Body).toBe('poison');
  await client.send(new DeleteMessageCommand({ QueueUrl: url('dead-letters'), ReceiptHandle: deadLetter.ReceiptHandle }));
});

test('a long poll receives a delayed message when its delay is over', async () => {
  await client.send(new SendMessageCommand({ QueueUrl: url('orders'), MessageBody: 'later', DelaySeconds: 30 }));
  const wait = () =>
    test1.cloud.calls.perform({
      service: 'sqs',
      operation: 'ReceiveMessage',
      input: { QueueUrl: url('orders'), WaitTimeSeconds: 20 },
      caller: { kind: 'outside', name: 'test' },
    });
  expect(await test1.clock.until(wait())).toEqual({});
  expect(await test1.clock.until(wait())).toMatchObject({ Messages: [{ Body: 'later' }] });
});

test('a batch answers for each of its messages', async () => {
  const { Successful, Failed } = await client.send(
    new SendMessageBatchCommand({
      QueueUrl: url('orders'),
      Entries: [
        { Id: 'a', MessageBody: 'one' },
        { Id: 'b', MessageBody: 'x'.repeat(2 ** 20 + 1) },
      ],
    }),
  );
  expect([Successful!.map(({ Id }) => Id), Failed!.map(({ Id }) => Id)]).toEqual([['a'], ['b']]);
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: url('orders'), AttributeNames: ['All'] }));
  expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '1' });
});

test('a function gets what is in its queue; items that it reports come again, and end in the dead-letter queue', async () => {
  await client.send(
    new SendMessageBatchCommand({
      QueueUrl: url('worked'),
      Entries: ['good-1', 'bad-1', 'good-2'].map((MessageBody, index) => ({ Id: String(index), MessageBody })),
    }),
  );
  await test1.clock.advance(120_000);
  const bodies = test1.received('worker').map(({ Records }) => (Records as Array<{ body: string }>).map(({ body }) => body));
  expect(bodies.flat().sort()).toEqual(['bad-1', 'bad-1', 'good-1', 'good-2']);
  expect((await receive('dead-letters')).map(({ Body }) => Body)).toEqual(['bad-1']);
});

test('messages that no filter wants are gone without reaching the function', async () => {
  for (const MessageBody of ['{"kind":"order"}', '{"kind":"other"}', 'no JSON']) {
    await client.send(new SendMessageCommand({ QueueUrl: url('chosen'), MessageBody }));
  }
  await test1.clock.idle();
  const bodies = test1.received('chooser').flatMap(({ Records }) => (Records as Array<{ body: string }>).map(({ body }) => body));
  expect(bodies).toEqual(['{"kind":"order"}']);
  await test1.clock.advance(60_000);
  expect(await receive('chosen')).toEqual([]);
});

test('a queue that does not exist is named as such', async () => {
  await expect(client.send(new GetQueueUrlCommand({ QueueName: 'missing' }))).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
});
