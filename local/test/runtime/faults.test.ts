import { DynamoDBClient, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Fault } from '../../src/runtime/faults/fault';
import { openCloud, inlineFunction, parsed, TestCloud } from '../services/cloud-fixture';

let test1: TestCloud;
const ORDERS = 'orders';

beforeAll(async () => {
  test1 = await openCloud((stack) => {
    const orders = new Table(stack, 'Orders', { tableName: ORDERS, partitionKey: { name: 'orderId', type: AttributeType.STRING } });
    const charge = inlineFunction(
      stack,
      'charge',
      `async ({ orderId }) => {
      const { DynamoDBClient, UpdateItemCommand } = require('@aws-sdk/client-dynamodb');
      await new DynamoDBClient({}).send(new UpdateItemCommand({
        TableName: '${ORDERS}', Key: { orderId: { S: orderId } },
        UpdateExpression: 'ADD charges :one', ExpressionAttributeValues: { ':one': { N: '1' } },
      }));
      return 'charged';
    }`,
    );
    orders.grantWriteData(charge);
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'Charge',
      States: {
        Charge: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Arguments: { FunctionName: 'charge', Payload: '{% $states.input %}' },
          Output: '{% $states.result.Payload %}',
          End: true,
        },
      },
    };
    const machine = new StateMachine(stack, 'Machine', {
      stateMachineName: 'machine',
      definitionBody: DefinitionBody.fromString(JSON.stringify(definition)),
    });
    charge.grantInvoke(machine);
  });
});

afterEach(() => test1.cloud.faults.clear());
afterAll(() => test1.cloud.close());

/** Runs an order; how it ended, and how often it was charged. */
async function run(orderId: string, fault: Fault) {
  const client = new SFNClient(test1.cloud.clientConfig);
  const injected = test1.cloud.faults.inject(fault);
  const { executionArn } = await client.send(
    new StartExecutionCommand({
      stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine',
      input: JSON.stringify({ orderId }),
    }),
  );
  await test1.clock.advance(20_000);
  const { output, error } = await client.send(new DescribeExecutionCommand({ executionArn }));
  const row = await test1.cloud.item(ORDERS, { orderId });
  return { ...(output && { output: parsed(output) }), ...(error && { error }), charges: row?.charges ?? 0, hits: injected.hits };
}

const at = { state: 'Charge' };

test.each<[string, Fault, object]>([
  ['an error before the effect', { at, kind: 'failBefore' }, { error: 'Lambda.ServiceException', charges: 0 }],
  ['an error of the function’s own', { at, kind: 'failBefore', error: 'CardError' }, { error: 'CardError', charges: 0 }],
  ['an error after the effect', { at, kind: 'failAfter' }, { error: 'Lambda.ServiceException', charges: 1 }],
  ['no answer', { at, kind: 'timeOut' }, { error: 'Sandbox.Timedout', charges: 0 }],
  ['a late success', { at, kind: 'lateSuccess', lateByMs: 5000 }, { error: 'Sandbox.Timedout', charges: 1 }],
  ['the effect twice', { at, kind: 'duplicate' }, { output: 'charged', charges: 2 }],
  ['a throttle', { at, kind: 'throttle' }, { error: 'Lambda.TooManyRequestsException', charges: 0 }],
  ['another answer', { at, kind: 'answer', answer: { odd: true } }, { output: { odd: true }, charges: 1 }],
  [
    'a throttled database behind the function, which its SDK outlasts',
    {
      at: { caller: 'charge', service: 'dynamodb', operation: 'UpdateItem' },
      kind: 'throttle',
      times: 2,
    },
    { output: 'charged', charges: 1, hits: 2 },
  ],
])('%s', async (name, fault, expected) => {
  expect(await run(name.replaceAll(/\W/g, '-').slice(0, 60), fault)).toEqual({ hits: 1, ...expected });
});

test('a lost answer of the database is a broken connection, and the effect is there', async () => {
  test1.cloud.faults.inject({ at: { service: 'dynamodb', resource: ORDERS }, kind: 'lateSuccess', lateByMs: 1000 });
  const client = new DynamoDBClient({ ...test1.cloud.clientConfig, maxAttempts: 1 });
  const written = client.send(new PutItemCommand({ TableName: ORDERS, Item: { orderId: { S: 'lost' } } })).catch((error: Error) => error);
  // The request travels outside virtual time.
  await new Promise<void>((resolve) => {
    const look = () => (test1.cloud.faults.injected[0].hits === 1 ? resolve() : setImmediate(look));
    look();
  });
  await test1.clock.advance(61_000);
  expect(String(await written)).toContain('socket hang up');
  expect(await test1.cloud.item(ORDERS, { orderId: 'lost' })).toEqual({ orderId: 'lost' });
});

test('a conflict cancels a transaction, with a reason for each item', async () => {
  test1.cloud.faults.inject({ at: { operation: 'TransactWriteItems', resource: ORDERS }, kind: 'conflict', times: 3 });
  const put = (orderId: string) => ({ Put: { TableName: ORDERS, Item: { orderId: { S: orderId } } } });
  const write = new DynamoDBClient(test1.cloud.clientConfig).send(new TransactWriteItemsCommand({ TransactItems: [put('a'), put('b')] }));
  await expect(write).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
  });
});

test('a fault can pass calls, hit some, and be removed', async () => {
  const invoke = () =>
    test1.cloud.calls
      .perform({
        service: 'lambda',
        operation: 'Invoke',
        input: { FunctionName: 'charge', Payload: '{"orderId":"x"}' },
        caller: { kind: 'outside', name: 'test' },
      })
      .then(
        () => 'done',
        () => 'failed',
      );
  const fault = test1.cloud.faults.inject({ at: { service: 'lambda' }, kind: 'failBefore', after: 1, times: 2 });
  expect([await invoke(), await invoke(), await invoke(), await invoke()]).toEqual(['done', 'failed', 'failed', 'done']);
  test1.cloud.faults.inject({ at: { service: 'lambda' }, kind: 'failBefore', times: 9 }).remove();
  expect([await invoke(), fault.hits]).toEqual(['done', 2]);
});

test('faults by probability hit the same calls again, in whatever order they are made', async () => {
  const outcomes = async (ids: number[]) => {
    test1.cloud.faults.clear();
    test1.cloud.faults.inject({ at: { service: 'lambda' }, kind: 'throttle', probability: 0.5 });
    const client = new LambdaClient({ ...test1.cloud.clientConfig, maxAttempts: 1 });
    const all = await Promise.all(
      ids.map((id) =>
        client.send(new InvokeCommand({ FunctionName: 'charge', Payload: `{"orderId":"${id}"}` })).then(
          () => [id, 'done'],
          () => [id, 'throttled'],
        ),
      ),
    );
    return Object.fromEntries(all) as Record<number, string>;
  };
  const ids = Array.from({ length: 40 }, (_, index) => index);
  const first = await outcomes(ids);
  expect(new Set(Object.values(first)).size).toBe(2);
  expect(await outcomes(ids.reverse())).toEqual(first);
});
