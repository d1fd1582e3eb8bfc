import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeExecutionCommand, GetExecutionHistoryCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, QueryLanguage, StateMachine, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { DynamoUpdateItem, LambdaInvoke, DynamoAttributeValue } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { LocalCloud } from '../../src/local-cloud';
import { VirtualClock } from '../../src/virtual-clock';

const RESERVE = `
const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
const client = new DynamoDBClient({});
exports.handler = async ({ orderId }) => {
  const Item = { orderId: { S: orderId }, at: { N: String(Date.now()) } };
  await client.send(new PutItemCommand({ TableName: process.env.ORDERS, Item }));
  return { status: 'RESERVED' };
};`;

function orders(): Stack {
  const stack = new Stack(new App(), 'Orders');
  const table = new Table(stack, 'Orders', { partitionKey: { name: 'orderId', type: AttributeType.STRING } });
  const reserve = new Function(stack, 'Reserve', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline(RESERVE),
    timeout: Duration.seconds(10),
    environment: { ORDERS: table.tableName },
  });
  table.grantWriteData(reserve);
  const reserved = LambdaInvoke.jsonata(stack, 'Reserve stock', {
    lambdaFunction: reserve,
    outputs: '{% $merge([$states.input, $states.result.Payload]) %}',
  });
  const complete = DynamoUpdateItem.jsonata(stack, 'Complete order', {
    table,
    key: { orderId: DynamoAttributeValue.fromString('{% $states.input.orderId %}') },
    updateExpression: 'SET #status = :status',
    expressionAttributeNames: { '#status': 'status' },
    expressionAttributeValues: { ':status': DynamoAttributeValue.fromString('COMPLETED') },
  });
  const pause = Wait.jsonata(stack, 'Pause', { time: WaitTime.duration(Duration.hours(1)) });
  new StateMachine(stack, 'Workflow', {
    queryLanguage: QueryLanguage.JSONATA,
    definitionBody: DefinitionBody.fromChainable(reserved.next(pause).next(complete)),
  });
  return stack;
}

let cloud: LocalCloud;
let clock: VirtualClock;

beforeAll(async () => {
  clock = new VirtualClock();
  cloud = await LocalCloud.fromStack(orders(), { clock });
});

afterAll(() => cloud.close());

test('a synthesized workflow runs: its function writes to the table, an hour passes, and a state completes the row', async () => {
  const [{ resources }] = cloud.stacks;
  const ref = (type: string) => resources.find((resource) => resource.type === type)!.ref;
  const begin = clock.now();
  const states = new SFNClient(cloud.clientConfig);

  const { executionArn } = await states.send(
    new StartExecutionCommand({
      stateMachineArn: ref('AWS::StepFunctions::StateMachine'),
      name: 'order-1',
      input: '{"orderId":"order-1"}',
    }),
  );
  await clock.advance(3_600_000);

  const { status, stopDate } = await states.send(new DescribeExecutionCommand({ executionArn }));
  expect({ status, stopDate }).toEqual({ status: 'SUCCEEDED', stopDate: new Date(begin + 3_600_000) });
  const { Item } = await new DynamoDBClient(cloud.clientConfig).send(
    new GetItemCommand({
      TableName: ref('AWS::DynamoDB::Table'),
      Key: { orderId: { S: 'order-1' } },
    }),
  );
  expect(Item).toEqual({ orderId: { S: 'order-1' }, at: { N: String(begin) }, status: { S: 'COMPLETED' } });
  const { events } = await states.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(events!.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited',
    'WaitStateEntered',
    'WaitStateExited',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
});
