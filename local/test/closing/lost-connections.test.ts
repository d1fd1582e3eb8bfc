import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { DatabaseProxy } from './database-proxy';
import { JsonObject } from '../../src/json';
import { inlineFunction, openCloud, TestCloud } from '../services/cloud-fixture';

let database: DatabaseProxy;
let opened: TestCloud;
let client: DynamoDBClient;
const logged: string[] = [];

beforeEach(async () => {
  logged.length = 0;
  database = await DatabaseProxy.start();
  opened = await openCloud((stack) => {
    const table = new Table(stack, 'Orders', {
      tableName: 'orders',
      partitionKey: { name: 'orderId', type: AttributeType.STRING },
      stream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: 'expiresAt',
    });
    inlineFunction(stack, 'watcher', 'async () => {}')
      .addEventSource(new DynamoEventSource(table, { startingPosition: StartingPosition.TRIM_HORIZON }));
  }, { dynamodbEndpoint: database.url, onLog: (source, line) => logged.push(`${source}: ${line}`) });
  client = new DynamoDBClient({ ...opened.cloud.clientConfig, maxAttempts: 1 });
});

afterEach(async () => {
  await opened.cloud.close();
  await database.close();
});

const put = (orderId: string, more = {}) =>
  client.send(new PutItemCommand({ TableName: 'orders', Item: { orderId: { S: orderId }, ...more } }));

/** What the function got: the kind of each change and its order. */
const changes = () => opened.received('watcher').flatMap(({ Records }) => Records as JsonObject[])
  .map(({ eventName, dynamodb, userIdentity }) => [
    eventName, ((dynamodb as JsonObject).Keys as { orderId: { S: string } }).orderId.S, ...(userIdentity ? ['expired'] : []),
  ]);

test.each(['GetRecords', 'GetShardIterator', 'DescribeTable'])('a stream goes on where it was when the connection of %s is reset', async (operation) => {
  database.reset(operation, 2);

  await put('order-1');
  await opened.clock.advance(10_000);
  await put('order-2');
  await opened.clock.advance(10_000);

  expect(database.left(operation)).toBe(0);
  expect(changes()).toEqual([['INSERT', 'order-1'], ['INSERT', 'order-2']]);
  expect(logged).toContain('the stream of orders: failed: the connection was lost before an answer came');
});

test('a stream that was read before goes on after the last record when an answer is lost', async () => {
  await put('order-1');
  await opened.clock.advance(10_000);
  database.reset('GetRecords', 1, true);

  await put('order-2');
  await opened.clock.advance(10_000);

  expect(database.left('GetRecords')).toBe(0);
  expect(changes()).toEqual([['INSERT', 'order-1'], ['INSERT', 'order-2']]);
});

test.each([['Scan', false], ['DeleteItem', false], ['DeleteItem', true]])('an item expires although the connection of %s is reset, after its effect: %s', async (operation, afterEffect) => {
  database.reset(operation, 1, afterEffect);

  await put('order-1', { expiresAt: { N: String(opened.clock.now() / 1000 + 10) } });
  await opened.clock.advance(10 * 60_000);

  expect(database.left(operation)).toBe(0);
  expect(changes()).toEqual([['INSERT', 'order-1'], ['REMOVE', 'order-1', 'expired']]);
});

test('a caller whose connection to the database is reset gets an error, and its next call succeeds', async () => {
  database.reset('PutItem', 1);

  await expect(put('order-1')).rejects.toThrow();
  await put('order-1');

  await opened.clock.advance(1000);
  expect(changes()).toEqual([['INSERT', 'order-1']]);
});
