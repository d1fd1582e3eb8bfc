import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import schema from '../../lambda-src/status-feed/order-status-changed.schema.json';
import { OrderProcessingWorkflow, OrderStatusChanged, QueueNotifier, StreamStartingPosition } from '../../src';
import { newStack } from '../support/workflow';
import { added, templateOf } from '../support/workflow-template';

test('one function reads the stream from its horizon, reports single failures and has a dead-letter queue', () => {
  const template = templateOf(() => ({ statusFeed: {} }));
  template.resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    StartingPosition: 'TRIM_HORIZON',
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    ParallelizationFactor: 10,
    FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT","MODIFY"]}' }] },
    DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
  });
});

test('without a feed it publishes to the bus only', () => {
  const template = templateOf(() => ({}), (workflow) => workflow.onStatusChanged('Rule'));
  template.resourceCountIs('AWS::Events::EventBus', 1);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Description: 'Publishes changes of orders',
    Environment: { Variables: { BUS_NAME: Match.anyValue(), WORKFLOW: 'Shop/Orders' } },
  });
});

test('a notifier that is added later to a workflow with a table of its own is only a rule', () => {
  const before = templateOf(() => ({}));
  const after = templateOf((stack) => ({ notifiers: [new QueueNotifier(new sqs.Queue(stack, 'Queue'))] }));

  for (const type of ['AWS::Lambda::Function', 'AWS::Lambda::EventSourceMapping', 'AWS::Events::EventBus']) {
    expect(after.findResources(type)).toEqual(before.findResources(type));
  }
  before.hasResourceProperties('AWS::Lambda::EventSourceMapping', { StartingPosition: 'TRIM_HORIZON' });
  const ofNotifier = added(after, before).filter((id) => !/^Queue/.test(id));
  expect(ofNotifier.filter((id) => !/^OrdersNotifiersQueueDeadLetters/.test(id))).toEqual([expect.stringMatching(/^OrdersNotifiersQueueRule/)]);
});

describe('on an existing table the publisher', () => {
  const existing = (stack: Stack) => dynamodb.Table.fromTableAttributes(stack, 'Table', {
    tableName: 'orders', tableStreamArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/1',
  });

  test('and its bus are created with their first use', () => {
    const stack = newStack();
    const workflow = new OrderProcessingWorkflow(stack, 'Orders', { ordersTable: existing(stack) });
    expect(workflow.node.tryFindChild('StatusPublisher')).toBeUndefined();
    const { eventBus } = workflow;
    expect(workflow.statusPublisher.eventBus).toBe(eventBus);
  });

  test.each([
    [undefined, 'LATEST'], [StreamStartingPosition.LATEST, 'LATEST'], [StreamStartingPosition.TRIM_HORIZON, 'TRIM_HORIZON'],
  ])('begins where startingPosition (%s) says: %s', (startingPosition, StartingPosition) => {
    templateOf((stack) => ({ ordersTable: existing(stack), statusFeed: {}, startingPosition }))
      .hasResourceProperties('AWS::Lambda::EventSourceMapping', { StartingPosition });
  });

  test('is the only one that has a startingPosition', () => {
    expect(() => templateOf(() => ({ startingPosition: StreamStartingPosition.LATEST })))
      .toThrow('startingPosition is for the stream of an existing ordersTable, and there is none: leave it out');
  });
});

test('onStatusChanged is a rule for the statuses of this workflow, with its target', () => {
  const template = templateOf(() => ({}), (workflow, stack) => workflow.onStatusChanged('Paid', {
    statuses: ['PAID', 'REFUNDED'], target: new targets.SqsQueue(new sqs.Queue(stack, 'Books')), description: 'For the books',
  }));
  template.hasResourceProperties('AWS::Events::Rule', {
    Description: 'For the books',
    EventPattern: {
      'source': ['cdk-order-workflow'], 'detail-type': ['OrderStatusChanged'], 'detail': { workflow: ['Shop/Orders'], status: ['PAID', 'REFUNDED'] },
    },
    Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('Books'), 'Arn'] } })],
  });
});

test('of two workflows in one stack, each has rules for its own name', () => {
  const stack = newStack();
  for (const name of ['Retail', 'Wholesale']) {
    new OrderProcessingWorkflow(stack, name).onStatusChanged('Rule');
  }
  const rules = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule', {
    Properties: { EventPattern: { 'detail-type': ['OrderStatusChanged'] } },
  }));
  const patterns = rules.map(({ Properties }) => Properties.EventPattern?.detail);
  expect(patterns).toEqual(expect.arrayContaining([{ workflow: ['Shop/Retail'] }, { workflow: ['Shop/Wholesale'] }]));
});

test('an existing bus is used, and no other is created', () => {
  const template = templateOf((stack) => ({ eventBus: events.EventBus.fromEventBusName(stack, 'Bus', 'shop'), statusFeed: {} }),
    (workflow) => workflow.onStatusChanged('Rule'));
  template.resourceCountIs('AWS::Events::EventBus', 0);
  template.hasResourceProperties('AWS::Events::Rule', { EventBusName: 'shop' });
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike({ BUS_NAME: 'shop' }) } });
});

test.each([
  ['a feed', (ordersTable: dynamodb.ITable) => ({ ordersTable, statusFeed: {} })],
  ['a notifier', (ordersTable: dynamodb.ITable, queue: sqs.IQueue) => ({ ordersTable, notifiers: [new QueueNotifier(queue)] })],
])('a table without a stream is refused when there is %s', (_what, props) => {
  const stack = newStack();
  const table = dynamodb.Table.fromTableName(stack, 'Table', 'orders');
  expect(() => new OrderProcessingWorkflow(stack, 'Orders', props(table, new sqs.Queue(stack, 'Queue'))))
    .toThrow(/ordersTable has no stream, so its changes cannot be published: enable a stream with new and old images/);
});

test('the schema of the event is the one that rules match', () => {
  expect(schema.title).toBe(OrderStatusChanged.DETAIL_TYPE);
  expect(schema.description).toContain(`source ${OrderStatusChanged.SOURCE}`);
});
