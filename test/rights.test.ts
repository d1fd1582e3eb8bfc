import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import {
  AwaitApproval, OrderProcessingWorkflow, OrderProcessingWorkflowProps, OrderTables, ProcessPayment, QueueNotifier, ReserveInventory, ValidateOrder,
} from '../src';
import { repeatedRights, rightsOf } from './support/intakes';
import { newStack } from './support/workflow';

type Rights = { readonly [resource: string]: string[] };

function workflowIn(stack: Stack, props: OrderProcessingWorkflowProps = {}) {
  const workflow = new OrderProcessingWorkflow(stack, 'Orders', {
    steps: [new ValidateOrder(), new ReserveInventory(), ProcessPayment.simulated(), new AwaitApproval()],
    notifiers: [new QueueNotifier(new sqs.Queue(stack, 'Shipping'))],
    ...props,
  });
  return { stack, workflow, template: Template.fromStack(stack) };
}

const SENDS = ['sqs:SendMessage'];
const READS_AND_WRITES = ['dynamodb:GetItem', 'dynamodb:UpdateItem'];
const ANSWERS_TASKS = ['states:SendTaskSuccess'];
const INVOKES = ['lambda:InvokeFunction'];
const PUBLISHES = ['sns:Publish'];

/** What each role may do, and no more; logs, traces and keys aside. */
const RIGHTS: { readonly [role: string]: Rights } = {
  SagaStateMachine: {
    OrdersTablesOrders: READS_AND_WRITES,
    OrdersAlertsTopic: PUBLISHES,
    OrdersSagaStepsValidateOrderFunction: INVOKES,
    OrdersSagaStepsReserveInventoryFunction: INVOKES,
    OrdersSagaStepsReserveInventoryReleaseFunction: INVOKES,
    OrdersSagaStepsProcessPaymentChargeFunction: INVOKES,
    OrdersSagaStepsProcessPaymentRefundFunction: INVOKES,
  },
  SagaStepsValidateOrderFunctionResources: {
    OrdersTablesOrders: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], OrdersTablesProducts: ['dynamodb:BatchGetItem'],
  },
  SagaStepsReserveInventoryFunctionResources: { OrdersTablesOrders: READS_AND_WRITES, OrdersTablesProducts: ['dynamodb:UpdateItem'] },
  SagaStepsReserveInventoryReleaseFunctionResources: { OrdersTablesOrders: READS_AND_WRITES, OrdersTablesProducts: ['dynamodb:UpdateItem'] },
  SagaStepsProcessPaymentChargeFunctionResources: { OrdersSagaStepsProcessPaymentLedger: ['dynamodb:GetItem', 'dynamodb:PutItem'] },
  SagaStepsProcessPaymentRefundFunctionResources: {
    OrdersSagaStepsProcessPaymentLedger: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  },
  SagaDecideFunctionResources: { OrdersTablesOrders: ['dynamodb:GetItem'], OrdersSagaStateMachine: ANSWERS_TASKS },
  RecoveryStateMachine: {
    OrdersTablesOrders: READS_AND_WRITES,
    OrdersAlertsTopic: PUBLISHES,
    OrdersSagaStepsReserveInventoryReleaseFunction: INVOKES,
    OrdersSagaStepsProcessPaymentRefundFunction: INVOKES,
  },
  RecoveryOrderSweeperFunctionResources: {
    OrdersTablesOrders: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    OrdersSagaStateMachine: ['states:DescribeExecution', 'states:GetExecutionHistory', 'states:StartExecution'],
    OrdersRecoveryStateMachine: ['states:DescribeExecution', 'states:GetExecutionHistory', 'states:StartExecution'],
    OrdersAlertsTopic: PUBLISHES,
    OrdersRecoveryOrderSweeperDeadLetters: SENDS,
  },
  RecoveryRepairOrderResources: {
    OrdersTablesOrders: READS_AND_WRITES,
    OrdersSagaStateMachine: ['states:DescribeExecution', ...ANSWERS_TASKS],
    OrdersRecoveryStateMachine: ['states:DescribeExecution', ...ANSWERS_TASKS, 'states:StartExecution'],
  },
  StatusPublisherFunctionResources: {
    'OrdersStatusPublisherBus': ['events:PutEvents'],
    'OrdersStatusPublisherDeadLetters': SENDS,
    'OrdersTablesOrders': ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
    // Streams are listed without a resource.
    '*': ['dynamodb:ListStreams'],
  },
};

/** A saga that waits, one that does not, and one that cannot. */
const COMBINATIONS: Array<[string, OrderProcessingWorkflowProps]> = [
  ['with a step that waits', { steps: [new AwaitApproval()] }],
  ['without one', { steps: [new ValidateOrder()] }],
  ['of EXPRESS executions', { steps: [new ValidateOrder()], stateMachineType: sfn.StateMachineType.EXPRESS }],
];

test.each(COMBINATIONS)('the state machines of a workflow %s may write orders, by one statement each', (_which, props) => {
  const made = workflowIn(newStack(), props);
  for (const role of [/^OrdersSagaStateMachineRole/, /^OrdersRecoveryStateMachineRole/]) {
    expect(rightsOf(made, role).OrdersTablesOrders).toEqual(READS_AND_WRITES);
  }
  expect(repeatedRights(made)).toEqual([]);
});

const FORGETS = ['dynamodb:BatchWriteItem', 'dynamodb:Query'];

/** The same with a status feed, for what it adds. */
const RIGHTS_OF_THE_FEED: { readonly [role: string]: Rights } = {
  StatusFeedConnectFunctionResources: { OrdersStatusFeedConnectionsTable: ['dynamodb:PutItem'] },
  StatusFeedMessagesFunctionResources: {
    OrdersTablesOrders: ['dynamodb:GetItem'],
    OrdersStatusFeedConnectionsTable: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', ...FORGETS].sort(),
    OrdersStatusFeedWatchSecret: ['secretsmanager:GetSecretValue'],
  },
  StatusFeedRedriveFunctionResources: {
    OrdersTablesOrders: ['dynamodb:GetItem'],
    OrdersStatusFeedConnectionsTable: ['dynamodb:GetItem', ...FORGETS].sort(),
    OrdersStatusFeedUndelivered: ['sqs:DeleteMessage', 'sqs:ReceiveMessage'],
    OrdersStatusFeedApi: ['execute-api:ManageConnections'],
  },
  StatusPublisherFunctionResources: {
    ...RIGHTS.StatusPublisherFunctionResources,
    OrdersStatusFeedConnectionsTable: ['dynamodb:DeleteItem', 'dynamodb:UpdateItem', ...FORGETS].sort(),
    OrdersStatusFeedUndelivered: SENDS,
    OrdersStatusFeedApi: ['execute-api:ManageConnections'],
  },
};

describe('what the role of each part may do', () => {
  const plain = workflowIn(newStack());

  test.each(Object.entries(RIGHTS))('%s', (role, rights) => {
    const { OrdersAlertsKey: _key, ...others } = rightsOf(plain, new RegExp(`^Orders${role}Role`));
    expect(others).toEqual(rights);
  });

  const watched = workflowIn(newStack(), { statusFeed: {} });

  test.each(Object.entries(RIGHTS_OF_THE_FEED))('%s, with a status feed', (role, rights) => {
    expect(rightsOf(watched, new RegExp(`^Orders${role}Role`))).toEqual(rights);
  });
});

describe('the keys that a part may use', () => {
  const stack = newStack();
  const key = (name: string) => new kms.Key(stack, name);
  const ordersTable = new dynamodb.Table(stack, 'Rows', {
    partitionKey: { name: 'orderId', type: dynamodb.AttributeType.STRING },
    stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
    encryptionKey: key('RowsKey'),
  });
  OrderTables.addOpenOrdersIndex(ordersTable);
  const keyed = workflowIn(stack, {
    ordersTable,
    productsTable: new dynamodb.Table(stack, 'Goods', {
      partitionKey: { name: 'productId', type: dynamodb.AttributeType.STRING }, encryptionKey: key('GoodsKey'),
    }),
    failureTopic: new sns.Topic(stack, 'Failures', { masterKey: key('FailuresKey') }),
    encryptionKey: key('WorkflowKey'),
  });

  // What the CDK grants with a table: https://github.com/aws/aws-cdk/blob/v2.240.0/packages/aws-cdk-lib/aws-dynamodb/lib/perms.ts
  const READS = ['kms:Decrypt', 'kms:DescribeKey'];
  const WRITES = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];
  // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
  const PUBLISHES_ENCRYPTED = ['kms:Decrypt', 'kms:GenerateDataKey*'];
  // https://github.com/aws-samples/aws-stepfunctions-examples/pull/74
  const OF_EXECUTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
  const SENDS_ENCRYPTED = ['kms:Decrypt', 'kms:GenerateDataKey'];

  test.each<[string, Rights]>([
    ['SagaStateMachine', { FailuresKey: PUBLISHES_ENCRYPTED, RowsKey: WRITES, WorkflowKey: OF_EXECUTIONS }],
    ['SagaStepsValidateOrderFunctionResources', { GoodsKey: READS, RowsKey: WRITES }],
    ['SagaStepsReserveInventoryFunctionResources', { GoodsKey: WRITES, RowsKey: WRITES }],
    ['SagaStepsReserveInventoryReleaseFunctionResources', { GoodsKey: WRITES, RowsKey: WRITES }],
    ['SagaStepsProcessPaymentChargeFunctionResources', { WorkflowKey: WRITES }],
    ['SagaStepsProcessPaymentRefundFunctionResources', { WorkflowKey: WRITES }],
    ['SagaDecideFunctionResources', { RowsKey: READS, WorkflowKey: OF_EXECUTIONS }],
    ['RecoveryStateMachine', { FailuresKey: PUBLISHES_ENCRYPTED, RowsKey: WRITES, WorkflowKey: OF_EXECUTIONS }],
    ['RecoveryOrderSweeperFunctionResources', { FailuresKey: PUBLISHES_ENCRYPTED, RowsKey: WRITES, WorkflowKey: SENDS_ENCRYPTED }],
    ['RecoveryRepairOrderResources', { RowsKey: WRITES, WorkflowKey: OF_EXECUTIONS }],
    ['StatusPublisherFunctionResources', { RowsKey: READS, WorkflowKey: SENDS_ENCRYPTED }],
  ])('%s: %j', (role, keys) => {
    const rights = Object.entries(rightsOf(keyed, new RegExp(`^Orders${role}Role`)));
    expect(Object.fromEntries(rights.filter(([resource]) => resource.endsWith('Key')))).toEqual(keys);
  });

  test('no role has an action on a resource in two statements', () => {
    expect(repeatedRights(keyed)).toEqual([]);
  });
});
