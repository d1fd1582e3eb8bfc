import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { openCloud, inlineFunction, parsed, TestCloud } from './cloud-fixture';
import { JsonObject } from '../../src';

let test1: TestCloud;
let client: SFNClient;
const arn = (name: string) => `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`;

function task(resource: string, args: object, more: object = {}): object {
  return {
    QueryLanguage: 'JSONata',
    StartAt: 'Do',
    States: { Do: { Type: 'Task', Resource: resource, Arguments: args, End: true, ...more } },
  };
}

function machine(stack: Stack, name: string, definition: object, stateMachineType = StateMachineType.STANDARD): void {
  new StateMachine(stack, `${name}-machine`, {
    stateMachineName: name,
    stateMachineType,
    definitionBody: DefinitionBody.fromString(JSON.stringify(definition)),
  }).addToRolePolicy(new PolicyStatement({
    actions: ['lambda:InvokeFunction', 'dynamodb:*', 'sqs:SendMessage', 'states:*', 'events:*'], resources: ['*'],
  }));
}

beforeAll(async () => {
  test1 = await openCloud((stack) => {
    inlineFunction(stack, 'charge', 'async ({ amount }) => { if (amount > 100) { throw new TypeError("too much"); } return { amount }; }');
    new Table(stack, 'Orders', { tableName: 'orders', partitionKey: { name: 'orderId', type: AttributeType.STRING } });
    new Queue(stack, 'Queue', { queueName: 'queue' });
    const input = '{% $states.input %}';
    machine(
      stack,
      'charge',
      task('arn:aws:states:::lambda:invoke', { FunctionName: 'charge', Payload: input }, { Output: '{% $states.result.Payload %}' }),
    );
    machine(stack, 'plain', task('arn:aws:lambda:us-east-1:000000000000:function:charge', input as unknown as object));
    machine(stack, 'optimized', task('arn:aws:states:::dynamodb:putItem', input as unknown as object));
    machine(stack, 'sdk', task('arn:aws:states:::aws-sdk:dynamodb:putItem', input as unknown as object));
    machine(
      stack,
      'queue',
      task('arn:aws:states:::sqs:sendMessage', {
        QueueUrl: '{% $states.input.url %}',
        MessageBody: { order: '{% $states.input.order %}' },
      }),
    );
    machine(
      stack,
      'wait',
      task(
        'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
        {
          TableName: 'orders',
          Key: { orderId: { S: '{% $states.input.orderId %}' } },
          UpdateExpression: 'SET #token = :token',
          ExpressionAttributeNames: { '#token': 'token' },
          ExpressionAttributeValues: { ':token': { S: '{% $states.context.Task.Token %}' } },
        },
        { TimeoutSeconds: 600 },
      ),
    );
    machine(stack, 'parent', task('arn:aws:states:::states:startExecution.sync:2', { StateMachineArn: arn('charge'), Input: input }));
    machine(
      stack,
      'express',
      task(
        'arn:aws:states:::lambda:invoke',
        { FunctionName: 'charge', Payload: input },
        {
          Output: '{% $states.result.Payload %}',
        },
      ),
      StateMachineType.EXPRESS,
    );
    const starter = inlineFunction(
      stack,
      'starter',
      `async () => {
      const { SFNClient, StartSyncExecutionCommand } = require('@aws-sdk/client-sfn');
      return new SFNClient({}).send(new StartSyncExecutionCommand({ stateMachineArn: '${arn('express')}', input: '{"amount":9}' }));
    }`,
    );
    starter.addToRolePolicy(new PolicyStatement({ actions: ['states:StartSyncExecution'], resources: [arn('express')] }));
    machine(stack, 'start', task('arn:aws:lambda:us-east-1:000000000000:function:starter', {}));
    const hours = { StartAt: 'Dawdle', States: { Dawdle: { Type: 'Wait', Seconds: 7200, End: true } } };
    machine(stack, 'dawdle', hours, StateMachineType.EXPRESS);
    machine(stack, 'dawdle-on', { ...hours, TimeoutSeconds: 3600 });
    new Rule(stack, 'Ends', {
      eventPattern: { source: ['aws.states'], detail: { status: ['TIMED_OUT'] } },
      targets: [new LambdaFunction(inlineFunction(stack, 'ended', 'async () => {}'))],
    });
    machine(stack, 'nap', { StartAt: 'Nap', States: { Nap: { Type: 'Wait', Seconds: 60, End: true } } });
  });
  client = new SFNClient(test1.cloud.clientConfig);
});

afterAll(() => test1.cloud.close());

const start = (name: string, input: unknown = {}, executionName?: string) =>
  client.send(new StartExecutionCommand({ stateMachineArn: arn(name), input: JSON.stringify(input), name: executionName }));

async function run(name: string, input: unknown) {
  const { executionArn } = await start(name, input);
  await test1.clock.idle();
  const { status, output, error, cause } = await client.send(new DescribeExecutionCommand({ executionArn }));
  return { status, error, cause, output: output && parsed(output) };
}

test('a function is invoked, by its integration or by its ARN, and its own errors keep their names', async () => {
  expect(await run('charge', { amount: 5 })).toMatchObject({ status: 'SUCCEEDED', output: { amount: 5 } });
  expect(await run('plain', { amount: 6 })).toMatchObject({ status: 'SUCCEEDED', output: { amount: 6 } });
  const { status, error, cause } = await run('charge', { amount: 500 });
  expect({ status, error, cause: parsed(cause) }).toMatchObject({
    status: 'FAILED',
    error: 'TypeError',
    cause: { errorType: 'TypeError', errorMessage: 'too much', trace: expect.any(Array) },
  });
});

test('errors of the two integrations with DynamoDB have their two prefixes', async () => {
  const once = { TableName: 'orders', Item: { orderId: { S: 'order-1' } }, ConditionExpression: 'attribute_not_exists(orderId)' };
  expect(await run('sdk', once)).toMatchObject({ status: 'SUCCEEDED', output: {} });
  expect(await run('sdk', once)).toMatchObject({ error: 'DynamoDb.ConditionalCheckFailedException' });
  expect(await run('optimized', once)).toMatchObject({
    error: 'DynamoDB.ConditionalCheckFailedException',
    cause: expect.stringContaining('(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException;'),
  });
  expect(await run('optimized', { TableName: 'missing', Item: once.Item })).toMatchObject({ error: 'DynamoDB.ResourceNotFoundException' });
  expect(await run('optimized', { TableName: 'orders', Item: {} })).toMatchObject({ error: 'DynamoDB.AmazonDynamoDBException' });
  expect(await run('optimized', { TableName: 'orders', Item: once.Item })).toMatchObject({
    output: { SdkHttpMetadata: { HttpStatusCode: 200 }, SdkResponseMetadata: {} },
  });
});

test('an object as message body is sent as JSON', async () => {
  const { output } = await run('queue', { url: `${test1.cloud.endpointUrl}/000000000000/queue`, order: { id: 1 } });
  expect(output).toMatchObject({ MessageId: expect.any(String), MD5OfMessageBody: expect.any(String) });
  expect(test1.cloud.queue('queue').map(parsed)).toEqual([{ order: { id: 1 } }]);
});

test('a task waits for its token, which the row holds, and returns the result that is sent', async () => {
  const first = await start('wait', { orderId: 'order-2' });
  await test1.clock.idle();
  const taskToken = (await test1.cloud.item('orders', { orderId: 'order-2' }))!.token as string;
  await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"approved":true}' }));
  await test1.clock.idle();
  const { output } = await client.send(new DescribeExecutionCommand({ executionArn: first.executionArn }));
  expect(parsed(output)).toEqual({ approved: true });
  await expect(client.send(new SendTaskFailureCommand({ taskToken }))).rejects.toMatchObject({ name: 'TaskTimedOut' });
  await expect(client.send(new SendTaskFailureCommand({ taskToken: 'none' }))).rejects.toMatchObject({ name: 'InvalidToken' });
});

test('a parent waits for the execution that it started', async () => {
  expect(await run('parent', { amount: 7 })).toMatchObject({ status: 'SUCCEEDED', output: { Output: { amount: 7 }, Status: 'SUCCEEDED' } });
  expect(await run('parent', { amount: 700 })).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
});

test('a name stands for one execution: the same input finds it, another does not, and it stays taken', async () => {
  const first = await start('nap', { a: 1 }, 'order-3');
  expect((await start('nap', { a: 1 }, 'order-3')).executionArn).toBe(first.executionArn);
  await expect(start('nap', { a: 2 }, 'order-3')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  await test1.clock.advance(60_000);
  await expect(start('nap', { a: 1 }, 'order-3')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  await expect(start('nap', {}, 'a/b')).rejects.toMatchObject({ name: 'InvalidName' });
});

test('an execution is stopped from outside', async () => {
  const { executionArn } = await start('nap');
  await client.send(new StopExecutionCommand({ executionArn, error: 'Stopped', cause: 'by a test' }));
  await test1.clock.idle();
  expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({ status: 'ABORTED', error: 'Stopped' });
  const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1 }));
  expect(events![0]).toMatchObject({ type: 'ExecutionAborted', executionAbortedEventDetails: { error: 'Stopped' } });
});

test('an express machine answers synchronously, and the same name runs again', async () => {
  const sync = () =>
    client.send(new StartSyncExecutionCommand({ stateMachineArn: arn('express'), input: '{"amount":8}', name: 'order-1' }));
  expect(await sync()).toMatchObject({ status: 'SUCCEEDED', output: '{"amount":8}' });
  expect(await sync()).toMatchObject({ status: 'SUCCEEDED' });
  expect(await run('start', {})).toMatchObject({ output: { status: 'SUCCEEDED', output: '{"amount":9}' } });
});

test('an EXPRESS execution ends after five minutes; only STANDARD executions have an event of the time-out', async () => {
  const short = await start('dawdle');
  const long = await start('dawdle-on');
  const statuses = () => Promise.all([short, long].map(async ({ executionArn }) =>
    (await client.send(new DescribeExecutionCommand({ executionArn }))).status));

  await test1.clock.advance(299_000);
  expect(await statuses()).toEqual(['RUNNING', 'RUNNING']);
  await test1.clock.advance(1_000);
  expect(await statuses()).toEqual(['TIMED_OUT', 'RUNNING']);
  await test1.clock.advance(3_300_000);

  expect(await statuses()).toEqual(['TIMED_OUT', 'TIMED_OUT']);
  expect(test1.received('ended').map(({ detail }) => (detail as JsonObject).executionArn)).toEqual([long.executionArn]);
});

test('what the local cloud cannot do is refused by name before anything runs', async () => {
  await expect(openCloud((stack) => machine(stack, 'glue', task('arn:aws:states:::glue:startJobRun', {})))).rejects.toThrow(
    /^Test\/gluemachine\w+ \(.*, property DefinitionString\): calls arn:aws:states:::glue:startJobRun, which the local cloud cannot do/,
  );
});
