import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { Duration } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { openCloud, inlineFunction, parsed, TestCloud } from './cloud-fixture';
import { JsonObject } from '../../src/json';

let test1: TestCloud;
let client: DynamoDBClient;

beforeAll(async () => {
  test1 = await openCloud((stack) => {
    const table = new Table(stack, 'Orders', {
      tableName: 'orders',
      partitionKey: { name: 'orderId', type: AttributeType.STRING },
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiresAt',
    });
    new TableV2(stack, 'Second', { tableName: 'second', partitionKey: { name: 'id', type: AttributeType.STRING } });
    table.addGlobalSecondaryIndex({ indexName: 'byUser', partitionKey: { name: 'userId', type: AttributeType.STRING } });
    inlineFunction(stack, 'watcher', 'async () => {}').addEventSource(
      new DynamoEventSource(table, { startingPosition: StartingPosition.LATEST }),
    );
    const poison = `async ({ Records }) => {
      if (Records.some(({ dynamodb }) => dynamodb.Keys.orderId.S === 'poison')) { throw new Error('cannot'); }
    }`;
    inlineFunction(stack, 'careful', poison).addEventSource(
      new DynamoEventSource(table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        bisectBatchOnError: true,
        retryAttempts: 2,
        maxBatchingWindow: Duration.seconds(5),
        onFailure: new SqsDlq(new Queue(stack, 'Failures', { queueName: 'failures' })),
      }),
    );
  });
  client = new DynamoDBClient(test1.cloud.clientConfig);
});

afterAll(() => test1.cloud.close());

const put = (orderId: string, more = {}) =>
  client.send(new PutItemCommand({ TableName: 'orders', Item: { orderId: { S: orderId }, ...more } }));
const records = (name: string) => test1.received(name).flatMap(({ Records }) => Records as JsonObject[]);
const seen = (name: string, orderId: string) =>
  records(name).filter(({ dynamodb }) => (((dynamodb as JsonObject).Keys as JsonObject).orderId as JsonObject).S === orderId);

test('a table answers by its index, and refuses a failed condition with the item that is there', async () => {
  await put('order-1', { userId: { S: 'user-1' } });
  const { Items } = await client.send(
    new QueryCommand({
      TableName: 'orders',
      IndexName: 'byUser',
      KeyConditionExpression: 'userId = :user',
      ExpressionAttributeValues: { ':user': { S: 'user-1' } },
    }),
  );
  expect(Items).toEqual([{ orderId: { S: 'order-1' }, userId: { S: 'user-1' } }]);
  await expect(
    client.send(
      new PutItemCommand({
        TableName: 'orders',
        Item: { orderId: { S: 'order-1' } },
        ConditionExpression: 'attribute_not_exists(orderId)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  ).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: { orderId: { S: 'order-1' }, userId: { S: 'user-1' } } });
});

test('a global table of one region is a table', async () => {
  await client.send(new PutItemCommand({ TableName: 'second', Item: { id: { S: '1' } } }));
  expect(await test1.cloud.item('second', { id: '1' })).toEqual({ id: '1' });
});

test('a cancelled transaction says why, item by item', async () => {
  const put1 = { TableName: 'orders', Item: { orderId: { S: 'order-1' } }, ConditionExpression: 'attribute_not_exists(orderId)' };
  const put2 = { TableName: 'orders', Item: { orderId: { S: 'order-2' } } };
  await expect(client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: put1 }, { Put: put2 }] }))).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }],
  });
});

test('a function on the stream gets each change once, in order, and none for a write that changed nothing', async () => {
  const set = (status: string) =>
    client.send(
      new UpdateItemCommand({
        TableName: 'orders',
        Key: { orderId: { S: 'order-3' } },
        UpdateExpression: 'SET #status = :status',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':status': { S: status } },
      }),
    );
  await set('RECEIVED');
  await set('RESERVED');
  await set('RESERVED');
  await set('COMPLETED');
  await test1.clock.idle();
  expect(
    seen('watcher', 'order-3').map(({ eventName, dynamodb }) => [
      eventName,
      ((dynamodb as JsonObject).NewImage as { status: { S: string } }).status.S,
    ]),
  ).toEqual([
    ['INSERT', 'RECEIVED'],
    ['MODIFY', 'RESERVED'],
    ['MODIFY', 'COMPLETED'],
  ]);
  expect(records('watcher')[0]).toMatchObject({
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    eventSourceARN: expect.stringContaining('table/orders/stream/'),
  });
});

test('a record on which a function fails is found by bisecting, retried, and sent to the failure destination; the others go on', async () => {
  for (const orderId of ['good-1', 'poison', 'good-2']) {
    await put(orderId);
  }
  await test1.clock.advance(120_000);
  expect(seen('careful', 'good-1').length).toBeGreaterThanOrEqual(1);
  expect(seen('careful', 'good-2').length).toBeGreaterThanOrEqual(1);
  expect(test1.cloud.queue('failures').map(parsed)).toMatchObject([
    {
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
      DDBStreamBatchInfo: { batchSize: 1 },
    },
  ]);
});

test('an item whose time has come is deleted, and the stream says by whom', async () => {
  const expiresAt = Math.floor(test1.clock.now() / 1000) + 3600;
  await put('order-4', { expiresAt: { N: String(expiresAt) } });
  await test1.clock.advance(3_500_000);
  const find = async () => (await client.send(new GetItemCommand({ TableName: 'orders', Key: { orderId: { S: 'order-4' } } }))).Item;
  expect(await find()).toBeDefined();
  await test1.clock.advance(200_000);
  expect(await find()).toBeUndefined();
  expect(seen('watcher', 'order-4').at(-1)).toMatchObject({
    eventName: 'REMOVE',
    userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
  });
});
