import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { FilterCriteria } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { JsonObject } from '../../../src/json';
import { inlineFunction, openCloud } from '../cloud-fixture';

test('a rule whose pattern EventBridge refuses is not created', async () => {
  await expect(openCloud((stack) => {
    new CfnRule(stack, 'Rule', { eventPattern: { source: [{ wildcard: 'shop.**' }] } });
  })).rejects.toThrow('Test/Rule (AWS::Events::Rule): cannot be created: Event pattern is not valid. Reason: Consecutive wildcard characters at pos 6');
});

test('an event source whose filter Lambda refuses is not created', async () => {
  await expect(openCloud((stack) => {
    const filters = [FilterCriteria.filter({ body: { total: [{ cidr: '10.0.0.0/8' }] } })];
    inlineFunction(stack, 'receiver', 'async () => {}').addEventSource(new SqsEventSource(new Queue(stack, 'Orders'), { filters }));
  })).rejects.toThrow('cannot be created: Invalid filter pattern definition. Unrecognized match type cidr');
});

// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
test('a filter of a queue looks into a body that is an object, and takes any other as text', async () => {
  const { cloud, clock, received } = await openCloud((stack) => {
    const queue = new Queue(stack, 'Orders', { queueName: 'orders' });
    const filters = [FilterCriteria.filter({ body: ['5'] }), FilterCriteria.filter({ body: { lines: { sku: ['a'], quantity: [1] } } })];
    inlineFunction(stack, 'receiver', 'async () => {}').addEventSource(new SqsEventSource(queue, { filters, batchSize: 1 }));
  });
  const client = new SQSClient(cloud.clientConfig);
  const bodies = ['5', '6', '{"lines":[{"sku":"a","quantity":1}]}', '{"lines":[{"sku":"a","quantity":2},{"sku":"b","quantity":1}]}'];

  for (const MessageBody of bodies) {
    await client.send(new SendMessageCommand({ QueueUrl: `${cloud.endpointUrl}/000000000000/orders`, MessageBody }));
  }
  await clock.idle();

  expect(received('receiver').map(({ Records }) => (Records as JsonObject[])[0].body)).toEqual([bodies[0], bodies[2]]);
  expect(cloud.queue('orders')).toEqual([]);
  await cloud.close();
});
