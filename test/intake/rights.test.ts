import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { EventIntake, HttpIntake, IOrderIntake, OrderProcessingWorkflowProps, QueueIntake, ValidateOrder, WebSocketIntake } from '../../src';
import { rightsOf, takenIn } from '../support/intakes';
import { newStack } from '../support/workflow';

const ROLE = /OrdersIntakes\w+FunctionResourcesRole/;
const rights = (intake: IOrderIntake, props?: OrderProcessingWorkflowProps) => rightsOf(takenIn(() => [intake], props), ROLE);

const eventIntake = () => new EventIntake({ eventPattern: { source: ['shop'] } });
const PLACES = {
  OrdersTablesOrders: ['dynamodb:GetItem', 'dynamodb:PutItem'],
  OrdersLocksTable: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  OrdersSagaStateMachine: ['states:StartExecution'],
  OrdersSagaReleaseAlias: ['states:StartExecution'],
};
const CHANGES = { ...PLACES, OrdersTablesOrders: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'] };
const READS_SECRET = { OrdersStatusFeedWatchSecret: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'] };
const wakes = (...actions: string[]) => ({ OrdersSagaStateMachine: [...actions, 'states:StartExecution'] });

test('the HTTP intake places, cancels, decides, and reads the secret of the feed', () => {
  expect(rights(new HttpIntake(), { statusFeed: {} })).toEqual({
    ...CHANGES, ...READS_SECRET, ...wakes('states:SendTaskFailure', 'states:SendTaskSuccess'),
  });
});

test('an HTTP intake over which nobody may decide cannot answer that a decision was made', () => {
  expect(rights(new HttpIntake({ openToAll: true }))).toEqual({ ...CHANGES, ...wakes('states:SendTaskFailure') });
});

test('where no step waits, an intake may not answer waits', () => {
  expect(rights(new HttpIntake(), { steps: [new ValidateOrder()] })).toEqual(CHANGES);
});

test('the queue intake places, takes messages from its queue and parks those that are no orders', () => {
  expect(rights(new QueueIntake())).toEqual({
    ...PLACES,
    OrdersIntakesQueueIntakeQueue: [
      'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage',
    ],
    OrdersIntakesQueueIntakeDeadLetters: ['sqs:SendMessage'],
  });
});

test('the event intake places; Lambda parks in its name what it could not', () => {
  expect(rights(eventIntake())).toEqual({
    ...PLACES, OrdersIntakesEventIntakeDeadLetters: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
  });
});

test('the WebSocket intake places, cancels and subscribes', () => {
  expect(rights(new WebSocketIntake(), { statusFeed: {} })).toEqual({
    ...CHANGES,
    ...READS_SECRET,
    ...wakes('states:SendTaskFailure'),
    OrdersStatusFeedConnectionsTable: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  });
});

test('on EXPRESS there are no locks, so nobody may touch any', () => {
  const { OrdersLocksTable: _none, ...express } = PLACES;
  const taken = takenIn(() => [new QueueIntake()], { stateMachineType: sfn.StateMachineType.EXPRESS, steps: [new ValidateOrder()] });

  expect(rightsOf(taken, ROLE)).toMatchObject(express);
  expect(rightsOf(taken, ROLE)).not.toHaveProperty('OrdersLocksTable');
  expect(taken.workflow.idempotencyTable).toBeUndefined();
  taken.template.resourcePropertiesCountIs('AWS::DynamoDB::Table', { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }, 0);
});

test.each([
  ['HTTP', new HttpIntake()], ['queue', new QueueIntake()], ['event', eventIntake()], ['WebSocket', new WebSocketIntake()],
])('a key of yours may be used by the %s intake', (_kind, intake) => {
  const stack = newStack();
  const taken = takenIn(() => [intake], { encryptionKey: new kms.Key(stack, 'Key'), statusFeed: {} }, stack);

  expect(rightsOf(taken, ROLE).Key).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey*']));
});

test('a key of yours may be used by the rule that parks events, also where the topic is yours too', () => {
  const stack = newStack();
  const key = new kms.Key(stack, 'Key');
  const { template } = takenIn(() => [eventIntake()], { encryptionKey: key, failureTopic: new sns.Topic(stack, 'Topic') }, stack);

  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: Match.objectLike({
      Statement: Match.arrayWith([Match.objectLike({
        Principal: { Service: 'events.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      })]),
    }),
  });
});
