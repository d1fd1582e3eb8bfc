import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { Duration } from 'aws-cdk-lib';
import { EventBus, EventField, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { EventBus as BusTarget, LambdaFunction, SfnStateMachine, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { openCloud, inlineFunction, TestCloud } from './cloud-fixture';

let test1: TestCloud;
let client: EventBridgeClient;

beforeAll(async () => {
  test1 = await openCloud((stack) => {
    const bus = new EventBus(stack, 'Bus', { eventBusName: 'orders' });
    const other = new EventBus(stack, 'Other', { eventBusName: 'other' });
    const completed = inlineFunction(stack, 'completed', 'async () => {}');
    const summary = inlineFunction(stack, 'summary', 'async () => {}');
    const pattern = { source: ['orders'], detailType: ['OrderStatusChanged'], detail: { status: ['COMPLETED'] } };
    const rule = new Rule(stack, 'Completed', { eventBus: bus, eventPattern: pattern });
    rule.addTarget(new LambdaFunction(completed));
    rule.addTarget(
      new LambdaFunction(summary, {
        event: RuleTargetInput.fromObject({
          text: `order ${EventField.fromPath('$.detail.orderId')} is done`,
          detail: EventField.fromPath('$.detail'),
        }),
      }),
    );
    rule.addTarget(new BusTarget(other));
    new Rule(stack, 'Forwarded', { eventBus: other, eventPattern: { source: ['orders'] } }).addTarget(
      new SqsQueue(new Queue(stack, 'Forwards', { queueName: 'forwards' })),
    );
    const machine = new StateMachine(stack, 'Machine', {
      stateMachineName: 'machine',
      definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')),
    });
    new Rule(stack, 'Hourly', { schedule: Schedule.rate(Duration.hours(1)) }).addTarget(new SfnStateMachine(machine));
    new Rule(stack, 'Ended', {
      eventPattern: { source: ['aws.states'], detail: { status: ['SUCCEEDED'], stateMachineArn: [machine.stateMachineArn] } },
    }).addTarget(new LambdaFunction(inlineFunction(stack, 'ended', 'async () => {}')));
  });
  client = new EventBridgeClient(test1.cloud.clientConfig);
});

afterAll(() => test1.cloud.close());

const put = (detail: object, more = {}) =>
  client.send(
    new PutEventsCommand({
      Entries: [{ EventBusName: 'orders', Source: 'orders', DetailType: 'OrderStatusChanged', Detail: JSON.stringify(detail), ...more }],
    }),
  );

test('an event reaches the targets of the rules that it fits, in the form that each target defines', async () => {
  await put({ orderId: 'order-1', status: 'COMPLETED' });
  await put({ orderId: 'order-2', status: 'RESERVED' });
  await test1.clock.idle();
  expect(test1.received('completed')).toMatchObject([
    {
      'version': '0',
      'source': 'orders',
      'detail-type': 'OrderStatusChanged',
      'time': '2026-01-01T00:00:00Z',
      'account': '000000000000',
      'detail': { orderId: 'order-1', status: 'COMPLETED' },
    },
  ]);
  expect(test1.received('summary')).toEqual([{ text: 'order order-1 is done', detail: { orderId: 'order-1', status: 'COMPLETED' } }]);
  expect(test1.cloud.queue('forwards')).toEqual([expect.stringContaining('"orderId":"order-1"')]);
});

test('an entry that is wrong fails alone', async () => {
  const { FailedEntryCount, Entries } = await put({}, { Detail: '"text"' });
  expect({ FailedEntryCount, code: Entries![0].ErrorCode }).toEqual({ FailedEntryCount: 1, code: 'MalformedDetail' });
});

test('a schedule starts a state machine every hour, and its end is an event of the default bus', async () => {
  await test1.clock.advance(2 * 3_600_000);
  const { executions } = await new SFNClient(test1.cloud.clientConfig).send(
    new ListExecutionsCommand({ stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine' }),
  );
  expect(executions!.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  expect(test1.received('ended').map((event) => event['detail-type'])).toEqual(Array(2).fill('Step Functions Execution Status Change'));
});
