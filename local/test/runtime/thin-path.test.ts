import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { LocalCloud } from '../../src/runtime/local-cloud';

const WRITER = `
const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
const client = new DynamoDBClient({});
exports.handler = async ({ orderId }) => {
  await client.send(new PutItemCommand({ TableName: process.env.TABLE, Item: { orderId: { S: orderId }, at: { N: String(Date.now()) } } }));
  return { written: orderId };
};`;

let cloud: LocalCloud;

beforeAll(async () => {
  const stack = new Stack(new App(), 'Orders');
  const table = new Table(stack, 'Table', { partitionKey: { name: 'orderId', type: AttributeType.STRING }, removalPolicy: RemovalPolicy.DESTROY });
  const writer = new Function(stack, 'Writer', {
    functionName: 'writer',
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline(WRITER),
    timeout: Duration.seconds(10),
    environment: { TABLE: table.tableName },
  });
  table.grantWriteData(writer);
  stack.exportValue(table.tableName);
  cloud = await LocalCloud.fromStack(stack);
});

afterAll(() => cloud.close());

test('a function of a stack writes to its table through the SDK', async () => {
  const lambda = new LambdaClient(cloud.clientConfig);
  const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: 'writer', Payload: '{"orderId":"order-1"}' }));
  expect({ FunctionError, payload: JSON.parse(Buffer.from(Payload!).toString()) }).toEqual({ payload: { written: 'order-1' } });

  const [TableName] = Object.values(cloud.outputs);
  const { Item } = await new DynamoDBClient(cloud.clientConfig).send(new GetItemCommand({ TableName, Key: { orderId: { S: 'order-1' } } }));
  expect(Item).toEqual({ orderId: { S: 'order-1' }, at: { N: String(cloud.clock.now()) } });
});
