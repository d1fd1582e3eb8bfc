import { Match } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { EventIntake, HttpIntake, IOrderIntake, OrderProcessingWorkflowProps, OrderTables, QueueIntake, ValidateOrder, WebSocketIntake } from '../../src';
import { rightsOf, intakeFixture } from '../support/intakes';
import { newStack } from '../support/workflow';

const ROLE = /OrdersIntakes\w+FunctionResourcesRole/;
const rights = (intake: IOrderIntake, props?: OrderProcessingWorkflowProps) => rightsOf(intakeFixture(() => [intake], props), ROLE);

const eventIntake = () => new EventIntake({ eventPattern: { source: ['shop'] } });
const PLACES_ORDERS = {
  OrdersTablesOrders: ['dynamodb:GetItem', 'dynamodb:PutItem'],
  OrdersLocksTable: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  OrdersSagaStateMachine: ['states:StartExecution'],
};
const CHANGES_ORDERS = { ...PLACES_ORDERS, OrdersTablesOrders: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'] };
const READS_SECRET = { OrdersStatusFeedWatchSecret: ['secretsmanager:GetSecretValue'] };
const resumes = (...actions: string[]) => ({ OrdersSagaStateMachine: [...actions, 'states:StartExecution'] });

test('the HTTP intake places, cancels and decides on orders, and reads the secret of the feed', () => {
  expect(rights(new HttpIntake(), { statusFeed: {} })).toEqual({
    ...CHANGES_ORDERS, ...READS_SECRET, ...resumes('states:SendTaskFailure', 'states:SendTaskSuccess'),
  });
});

test('an HTTP intake over which no caller may decide cannot resume an order with a decision', () => {
  expect(rights(new HttpIntake({ openToAll: true }))).toEqual({ ...CHANGES_ORDERS, ...resumes('states:SendTaskFailure') });
});

test('where no step waits, an intake may not resume an order', () => {
  expect(rights(new HttpIntake(), { steps: [new ValidateOrder()] })).toEqual(CHANGES_ORDERS);
});

test('the queue intake places orders, receives messages from its queue, and sends to its dead-letter queue', () => {
  expect(rights(new QueueIntake())).toEqual({
    ...PLACES_ORDERS,
    // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    OrdersIntakesQueue: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
    OrdersIntakesQueueDeadLetters: ['sqs:SendMessage'],
  });
});

test('the event intake places orders; Lambda sends to its dead-letter queue with its role', () => {
  expect(rights(eventIntake())).toEqual({
    ...PLACES_ORDERS, OrdersIntakesEventDeadLetters: ['sqs:SendMessage'],
  });
});

test('the WebSocket intake places and cancels orders, and subscribes connections', () => {
  expect(rights(new WebSocketIntake(), { statusFeed: {} })).toEqual({
    ...CHANGES_ORDERS,
    ...READS_SECRET,
    ...resumes('states:SendTaskFailure'),
    OrdersStatusFeedConnectionsTable: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  });
});

test('on EXPRESS there is no table of locks, and no permission for one', () => {
  const { OrdersLocksTable: _none, ...express } = PLACES_ORDERS;
  const taken = intakeFixture(() => [new QueueIntake()], { stateMachineType: sfn.StateMachineType.EXPRESS, steps: [new ValidateOrder()] });

  expect(rightsOf(taken, ROLE)).toMatchObject(express);
  expect(rightsOf(taken, ROLE)).not.toHaveProperty('OrdersLocksTable');
  expect(() => taken.workflow.idempotencyTable).toThrow(/an EXPRESS workflow has no idempotencyTable/);
  taken.template.resourcePropertiesCountIs('AWS::DynamoDB::Table', { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }, 0);
});

test.each([
  ['HTTP', new HttpIntake()], ['queue', new QueueIntake()], ['event', eventIntake()], ['WebSocket', new WebSocketIntake()],
])('the encryptionKey may be used by the %s intake', (_kind, intake) => {
  const stack = newStack();
  const taken = intakeFixture(() => [intake], { encryptionKey: new kms.Key(stack, 'Key'), statusFeed: {} }, stack);

  expect(rightsOf(taken, ROLE).Key).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey*']));
});

// Without a table under the key, starting an execution alone needs it: https://github.com/aws-samples/aws-stepfunctions-examples/pull/74
test.each([
  ['HTTP', new HttpIntake()], ['event', eventIntake()],
])('on EXPRESS with unencrypted existing tables, the %s intake may use the encryptionKey to start executions', (_kind, intake) => {
  const stack = newStack();
  const taken = intakeFixture(() => [intake], {
    encryptionKey: new kms.Key(stack, 'Key'),
    ordersTable: dynamodb.Table.fromTableName(stack, 'ExistingOrders', 'orders'),
    productsTable: dynamodb.Table.fromTableName(stack, 'ExistingProducts', 'products'),
    stateMachineType: sfn.StateMachineType.EXPRESS,
    steps: [new ValidateOrder()],
  }, stack);

  expect(rightsOf(taken, ROLE).Key).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey']));
});

test('the encryptionKey may be used for the dead-letter queue of the queue intake, where existing tables have another key', () => {
  const stack = newStack();
  const existing = (id: string, name: string) => new dynamodb.Table(stack, id, {
    partitionKey: { name, type: dynamodb.AttributeType.STRING }, encryptionKey: tableKey, stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
  });
  const tableKey = new kms.Key(stack, 'TableKey');
  const ordersTable = existing('ExistingOrders', 'orderId');
  OrderTables.addOpenOrdersIndex(ordersTable);
  const taken = intakeFixture(() => [new QueueIntake()], {
    encryptionKey: new kms.Key(stack, 'Key'),
    ordersTable,
    productsTable: existing('ExistingProducts', 'productId'),
    // Without a table of locks under the encryptionKey, the dead-letter queue alone needs it.
    stateMachineType: sfn.StateMachineType.EXPRESS,
    steps: [new ValidateOrder()],
  }, stack);

  expect(rightsOf(taken, ROLE)).toMatchObject({
    Key: expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey']),
    TableKey: expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey*']),
  });
});

test('the encryptionKey may be used by the rule for its dead-letter queue, also with an existing topic', () => {
  const stack = newStack();
  const key = new kms.Key(stack, 'Key');
  const { template } = intakeFixture(() => [eventIntake()], { encryptionKey: key, failureTopic: new sns.Topic(stack, 'Topic') }, stack);

  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: Match.objectLike({
      Statement: Match.arrayWith([Match.objectLike({
        Principal: { Service: 'events.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      })]),
    }),
  });
});
