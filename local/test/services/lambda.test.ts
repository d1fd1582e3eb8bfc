import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Duration } from 'aws-cdk-lib';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { openCloud, inlineFunction, parsed, TestCloud } from './cloud-fixture';

let test1: TestCloud;
const lines: string[] = [];

beforeAll(async () => {
  process.env.DEVELOPER_SECRET = 'secret';
  test1 = await openCloud(
    (stack) => {
      inlineFunction(
        stack,
        'echo',
        'async (event, context) => ({ event, request: context.awsRequestId, left: context.getRemainingTimeInMillis() })',
      );
      inlineFunction(stack, 'environment', 'async () => process.env', { environment: { STAGE: 'local' } });
      inlineFunction(stack, 'thrower', 'async () => { throw new RangeError("out of range"); }');
      inlineFunction(stack, 'hanger', 'async () => new Promise(() => {})', { timeout: Duration.seconds(1) });
      inlineFunction(stack, 'leaver', 'async () => process.exit(3)');
      inlineFunction(stack, 'counter', '(() => { let calls = 0; return async () => ++calls; })()');
      inlineFunction(stack, 'rejecter', 'async () => { Promise.reject(new Error("not handled")); await new Promise(() => {}); }');
      inlineFunction(stack, 'caller-back', '(event, context, callback) => callback(null, "called back")');
      inlineFunction(stack, 'talker', 'async () => { console.log("hello"); console.error("oh"); }');
      inlineFunction(stack, 'large', 'async () => "x".repeat(7 * 1024 * 1024)');
      inlineFunction(stack, 'broken', 'undefined');
      inlineFunction(
        stack,
        'clock',
        'async () => [Date.now(), new Date().toISOString(), new Date(0).toISOString(), new Date() instanceof Date]',
      );
      inlineFunction(stack, 'failing', 'async () => { throw new Error("always"); }', {
        onFailure: new SqsDestination(new Queue(stack, 'Failures', { queueName: 'failures' })),
        retryAttempts: 1,
      });
    },
    { onLog: (source, line) => lines.push(`${source}: ${line}`) },
  );
});

afterAll(() => test1.cloud.close());

async function invoke(FunctionName: string, payload: unknown = {}, InvocationType?: 'Event') {
  const client = new LambdaClient(test1.cloud.clientConfig);
  const { StatusCode, FunctionError, Payload } = await client.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload), InvocationType }),
  );
  return { StatusCode, FunctionError, payload: Payload?.length ? parsed(Payload) : undefined };
}

test('a function gets its event and a context, and its result comes back as JSON', async () => {
  const { payload, FunctionError } = await invoke('echo', { orderId: 'order-1' });
  expect(FunctionError).toBeUndefined();
  expect(payload).toEqual({ event: { orderId: 'order-1' }, request: expect.stringMatching(/^[0-9a-f-]{36}$/), left: expect.any(Number) });
});

test('a function sees its own environment and none of the developer’s', async () => {
  const { payload } = await invoke('environment');
  expect(payload).toMatchObject({ STAGE: 'local', AWS_REGION: 'us-east-1', AWS_LAMBDA_FUNCTION_NAME: 'environment' });
  expect(payload).not.toHaveProperty('DEVELOPER_SECRET');
  expect(payload).not.toHaveProperty('HOME');
});

test('what a function throws is returned with type, message and trace', async () => {
  expect(await invoke('thrower')).toEqual({
    StatusCode: 200,
    FunctionError: 'Unhandled',
    payload: { errorType: 'RangeError', errorMessage: 'out of range', trace: expect.arrayContaining(['RangeError: out of range']) },
  });
});

test('a function that takes too long is ended', async () => {
  const { payload } = await invoke('hanger');
  expect(payload).toEqual({
    errorType: 'Sandbox.Timedout',
    errorMessage: expect.stringMatching(/^2026-01-01T00:00:00.000Z [0-9a-f-]{36} Task timed out after 1.00 seconds$/),
  });
});

test('a function that exits fails with the exit status, and a new instance serves the next event', async () => {
  const { payload } = await invoke('leaver');
  expect(payload).toEqual({ errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 3') });
  expect((await invoke('leaver')).payload).toMatchObject({ errorType: 'Runtime.ExitError' });
});

test('an unhandled rejection fails the invocation', async () => {
  expect((await invoke('rejecter')).payload).toMatchObject({
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: 'Error: not handled',
  });
});

test('an instance is used again while it is warm', async () => {
  expect([(await invoke('counter')).payload, (await invoke('counter')).payload]).toEqual([1, 2]);
});

test('a handler may call back instead of returning a promise', async () => {
  expect((await invoke('caller-back')).payload).toBe('called back');
});

test('a result over the limit is an error of the function', async () => {
  expect((await invoke('large')).payload).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
});

test('code without its handler fails with the name of what is missing', async () => {
  expect((await invoke('broken')).payload).toMatchObject({
    errorType: 'Runtime.HandlerNotFound',
    errorMessage: 'index.handler is undefined or not exported',
  });
});

test('a function sees virtual time, standing still', async () => {
  const now = test1.clock.now();
  expect((await invoke('clock')).payload).toEqual([now, new Date(now).toISOString(), '1970-01-01T00:00:00.000Z', true]);
});

test('what a function prints is passed on, line by line', async () => {
  const seen = new Promise<void>((resolve) => {
    const push = lines.push.bind(lines);
    lines.push = (...more) => {
      const length = push(...more);
      if (lines.includes('talker: hello') && lines.includes('talker: oh')) {
        resolve();
      }
      return length;
    };
  });
  await invoke('talker');
  await seen;
});

test('an unknown function is not found', async () => {
  await expect(invoke('missing')).rejects.toMatchObject({ name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } });
});

test('an asynchronous event is retried, then goes to the failure destination', async () => {
  expect((await invoke('failing', { orderId: 'order-1' }, 'Event')).StatusCode).toBe(202);
  await test1.clock.advance(60_000);

  const { Messages } = await new SQSClient(test1.cloud.clientConfig).send(
    new ReceiveMessageCommand({ QueueUrl: `${test1.cloud.endpointUrl}/000000000000/failures` }),
  );
  expect(parsed(Messages![0].Body)).toMatchObject({
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
    requestPayload: { orderId: 'order-1' },
    responsePayload: { errorType: 'Error', errorMessage: 'always' },
  });
});
