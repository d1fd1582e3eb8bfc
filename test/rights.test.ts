import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  AwaitApproval, OrderProcessingWorkflow, OrderProcessingWorkflowProps, OrderTables, ProcessPayment, QueueNotifier, ReserveInventory, ValidateOrder,
} from '../src';
import { rightsOf } from './support/intakes';
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

const SENDS_TO_DEAD_LETTERS = ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'];
const READS_AND_WRITES = ['dynamodb:GetItem', 'dynamodb:UpdateItem'];
const ANSWERS_TASKS = ['states:SendTaskFailure', 'states:SendTaskHeartbeat', 'states:SendTaskSuccess'];
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
    OrdersSagaReleaseAlias: ['states:StartExecution'],
    OrdersRecoveryStateMachine: ['states:DescribeExecution', 'states:GetExecutionHistory', 'states:StartExecution'],
    OrdersAlertsTopic: PUBLISHES,
    OrdersRecoveryOrderSweeperDeadLetters: SENDS_TO_DEAD_LETTERS,
  },
  RecoveryRepairOrderResources: {
    OrdersTablesOrders: READS_AND_WRITES,
    OrdersSagaStateMachine: ['states:DescribeExecution', ...ANSWERS_TASKS],
    OrdersRecoveryStateMachine: ['states:DescribeExecution', ...ANSWERS_TASKS, 'states:StartExecution'],
  },
  StatusPublisherFunctionResources: {
    'OrdersStatusPublisherBus': ['events:PutEvents'],
    'OrdersStatusPublisherDeadLetters': SENDS_TO_DEAD_LETTERS,
    'OrdersTablesOrders': ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
    // Streams are listed without a resource.
    '*': ['dynamodb:ListStreams'],
  },
};

describe('what the role of each part may do', () => {
  const plain = workflowIn(newStack());

  test.each(Object.entries(RIGHTS))('%s', (role, rights) => {
    const { OrdersAlertsKey: _key, ...others } = rightsOf(plain, new RegExp(`^Orders${role}Role`));
    expect(others).toEqual(rights);
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

  test.each([
    ['SagaStateMachine', ['FailuresKey', 'RowsKey', 'WorkflowKey']],
    ['SagaStepsValidateOrderFunctionResources', ['GoodsKey', 'RowsKey']],
    ['SagaStepsReserveInventoryFunctionResources', ['GoodsKey', 'RowsKey']],
    ['SagaStepsReserveInventoryReleaseFunctionResources', ['GoodsKey', 'RowsKey']],
    ['SagaStepsProcessPaymentChargeFunctionResources', ['WorkflowKey']],
    ['SagaStepsProcessPaymentRefundFunctionResources', ['WorkflowKey']],
    ['SagaDecideFunctionResources', ['RowsKey', 'WorkflowKey']],
    ['RecoveryStateMachine', ['FailuresKey', 'RowsKey', 'WorkflowKey']],
    ['RecoveryOrderSweeperFunctionResources', ['FailuresKey', 'RowsKey', 'WorkflowKey']],
    ['RecoveryRepairOrderResources', ['RowsKey', 'WorkflowKey']],
    ['StatusPublisherFunctionResources', ['RowsKey', 'WorkflowKey']],
  ])('%s: %j', (role, keys) => {
    const rights = rightsOf(keyed, new RegExp(`^Orders${role}Role`));
    const usable = Object.keys(rights).filter((resource) => resource.endsWith('Key'));
    expect(usable.sort()).toEqual(keys);
    usable.forEach((name) => expect(rights[name]).toContain('kms:Decrypt'));
  });
});
