import { request } from 'node:http';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { SQSClient, ListQueuesCommand } from '@aws-sdk/client-sqs';
import { openCloud, TestCloud } from './cloud-fixture';

let test1: TestCloud;

beforeAll(async () => {
  test1 = await openCloud(() => undefined);
});

afterAll(() => test1.cloud.close());

test('a call that is not built is refused with those that are', async () => {
  await expect(new SQSClient(test1.cloud.clientConfig).send(new ListQueuesCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: expect.stringContaining('the local cloud does not do sqs:ListQueues; it does ChangeMessageVisibility,'),
  });
  await expect(new LambdaClient(test1.cloud.clientConfig).send(new ListFunctionsCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: expect.stringContaining('the local cloud does not do GET /2015-03-31/functions'),
  });
});

const post = (headers: Record<string, string>, body: string): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const outgoing = request(test1.cloud.endpointUrl, { method: 'POST', headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => resolve({ status: incoming.statusCode!, body: Buffer.concat(chunks).toString() }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

test('a request that no SDK made is rejected with what is wrong', async () => {
  expect(await post({}, '')).toMatchObject({ status: 403, body: expect.stringContaining('the request is not signed; use an AWS SDK') });
  expect(await post({ ...signedFor('s3') }, '')).toMatchObject({
    status: 400,
    body: expect.stringContaining('the local cloud has no service s3'),
  });
  expect(await post({ ...signedFor('sqs'), 'x-amz-target': 'AmazonSQS.SendMessage' }, '{')).toMatchObject({
    status: 400,
    body: expect.stringContaining('SerializationException'),
  });
});
