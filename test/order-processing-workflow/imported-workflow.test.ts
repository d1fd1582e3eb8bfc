import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  AwaitApproval, IOrderProcessingWorkflow, OrderProcessingWorkflow, OrderProcessingWorkflowAttributes, ValidateOrder,
} from '../../src';
import { newStack } from '../support/workflow';

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:111111111111:${resource}`;
const ATTRIBUTES: Required<OrderProcessingWorkflowAttributes> = {
  workflowName: 'Shop/Orders',
  metricNamespace: 'OrderWorkflow/Shop/Orders/Saga',
  stateMachineArn: arn('states', 'stateMachine:orders'),
  aliasArn: arn('states', 'stateMachine:orders:live'),
  ordersTableName: 'orders',
  productsTableName: 'products',
  failureTopicArn: arn('sns', 'failures'),
  eventBusArn: arn('events', 'event-bus/orders'),
  decideFunctionArn: arn('lambda', 'function:decide'),
  repairFunctionArn: arn('lambda', 'function:repair'),
  encryptionKeyArn: arn('kms', 'key/orders'),
};

function imported(attributes: OrderProcessingWorkflowAttributes, stack = newStack()): { stack: Stack; workflow: IOrderProcessingWorkflow } {
  return { stack, workflow: OrderProcessingWorkflow.fromOrderProcessingWorkflowAttributes(stack, 'Imported', attributes) };
}

/** The actions that the grants of a workflow give a role, by resource. */
function grantedBy(attributes: OrderProcessingWorkflowAttributes, grant: (workflow: IOrderProcessingWorkflow, role: iam.IRole) => iam.Grant) {
  const { stack, workflow } = imported(attributes);
  expect(grant(workflow, new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() })).success).toBe(true);
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  return JSON.stringify(Properties.PolicyDocument.Statement);
}

describe('an imported workflow', () => {
  test('adds no resources', () => {
    const { stack, workflow } = imported(ATTRIBUTES);
    expect(workflow.workflowName).toBe('Shop/Orders');
    expect([workflow.ordersTable.tableName, workflow.productsTable.tableName]).toEqual(['orders', 'products']);
    expect(workflow.aliasArn).toBe(ATTRIBUTES.aliasArn);
    expect(workflow.ordersTable).toBe(workflow.ordersTable);

    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
  });

  test('grants to start orders, with the key', () => {
    const granted = grantedBy(ATTRIBUTES, (workflow, role) => workflow.grantStartOrder(role));

    expect(granted).toContain(`"Action":"states:StartExecution","Effect":"Allow","Resource":"${ATTRIBUTES.stateMachineArn}"`);
    expect(granted).toContain(`"Action":["kms:Decrypt","kms:GenerateDataKey"],"Effect":"Allow","Resource":"${ATTRIBUTES.encryptionKeyArn}"`);
  });

  test('grants to start orders without a key', () => {
    const { encryptionKeyArn: _none, ...withoutKey } = ATTRIBUTES;

    expect(grantedBy(withoutKey, (workflow, role) => workflow.grantStartOrder(role))).not.toContain('kms:');
  });

  test('grants to read orders, with their indexes and the key', () => {
    const granted = grantedBy(ATTRIBUTES, (workflow, role) => workflow.grantReadOrders(role));

    expect(granted).toContain('"dynamodb:Query"');
    expect(granted).toContain(':table/orders/index/*');
    expect(granted).toContain(`"Resource":"${ATTRIBUTES.encryptionKeyArn}"`);
  });

  test.each<[string, (workflow: IOrderProcessingWorkflow, role: iam.IRole) => iam.Grant, string]>([
    ['decide on', (workflow, role) => workflow.grantDecide(role), ATTRIBUTES.decideFunctionArn],
    ['repair', (workflow, role) => workflow.grantRepair(role), ATTRIBUTES.repairFunctionArn],
  ])('grants to %s orders, by its function', (_what, grant, functionArn) => {
    const granted = grantedBy(ATTRIBUTES, grant);

    expect(granted).toContain('"Action":"lambda:InvokeFunction"');
    expect(granted).toContain(functionArn);
  });

  test('has rules on its bus, for its own name', () => {
    const { stack, workflow } = imported(ATTRIBUTES);
    workflow.onStatusChanged('Paid', { statuses: ['PAID'], target: new targets.SqsQueue(new sqs.Queue(stack, 'Queue')) });

    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
      EventBusName: 'orders',
      EventPattern: { 'source': ['cdk-order-workflow'], 'detail-type': ['OrderStatusChanged'], 'detail': { workflow: ['Shop/Orders'], status: ['PAID'] } },
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Queue'), 'Arn'] } })],
    });
  });

  test('has a topic to subscribe to', () => {
    const { stack, workflow } = imported(ATTRIBUTES);
    workflow.failureTopic.addSubscription(new subscriptions.EmailSubscription('operations@example.com'));

    Template.fromStack(stack).hasResourceProperties('AWS::SNS::Subscription', { TopicArn: ATTRIBUTES.failureTopicArn, Protocol: 'email' });
  });

  test('has metrics of its executions and of its own namespace', () => {
    const { metrics } = imported(ATTRIBUTES).workflow;

    expect(metrics.metricOrdersRejected().namespace).toBe('OrderWorkflow/Shop/Orders/Saga');
    expect(metrics.metricOrdersStarted().dimensions).toEqual({ StateMachineArn: ATTRIBUTES.stateMachineArn });
  });

  test.each<[keyof OrderProcessingWorkflowAttributes, (workflow: IOrderProcessingWorkflow, stack: Stack) => unknown]>([
    ['metricNamespace', ({ metrics }) => metrics],
    ['stateMachineArn', ({ stateMachine }) => stateMachine],
    ['aliasArn', ({ aliasArn }) => aliasArn],
    ['ordersTableName', ({ ordersTable }) => ordersTable],
    ['ordersTableName', (workflow, stack) => workflow.grantReadOrders(new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }))],
    ['productsTableName', ({ productsTable }) => productsTable],
    ['failureTopicArn', ({ failureTopic }) => failureTopic],
    ['eventBusArn', (workflow) => workflow.onStatusChanged('Rule')],
    ['decideFunctionArn', ({ decideFunction }) => decideFunction],
    ['repairFunctionArn', ({ repairFunction }) => repairFunction],
  ])('names the attribute %s if it is needed and missing', (name, use) => {
    const { stack, workflow } = imported({ workflowName: 'Shop/Orders' });

    expect(() => use(workflow, stack)).toThrow(`the workflow Shop/Orders is imported without ${name}: add ${name} to its attributes (at Shop/Imported)`);
  });
});

test('the attributes of a workflow are outputs of its stack, and inputs of another app', () => {
  const stack = newStack();
  const workflow = new OrderProcessingWorkflow(stack, 'Orders', {
    steps: [new ValidateOrder(), new AwaitApproval()], encryptionKey: new kms.Key(stack, 'Key'),
  });
  const attributes: Required<OrderProcessingWorkflowAttributes> = {
    workflowName: workflow.workflowName,
    metricNamespace: workflow.metrics.metricNamespace,
    stateMachineArn: workflow.stateMachine.stateMachineArn,
    aliasArn: workflow.aliasArn,
    ordersTableName: workflow.ordersTable.tableName,
    productsTableName: workflow.productsTable.tableName,
    failureTopicArn: workflow.failureTopic.topicArn,
    eventBusArn: workflow.eventBus.eventBusArn,
    decideFunctionArn: workflow.decideFunction.functionArn,
    repairFunctionArn: workflow.repairFunction.functionArn,
    encryptionKeyArn: workflow.encryptionKey!.keyArn,
  };
  Object.entries(attributes).forEach(([name, value]) => new CfnOutput(stack, name, { value }));

  expect(Object.keys(Template.fromStack(stack).findOutputs('*')).sort()).toEqual(Object.keys(ATTRIBUTES).sort());
});

test('an imported workflow of another stack of the app gives the same rule as the workflow itself', () => {
  const app = new App({ analyticsReporting: false });
  const shop = new Stack(app, 'Shop');
  const workflow = new OrderProcessingWorkflow(shop, 'Orders');
  const reports = new Stack(app, 'Reports');
  const copy = imported({ workflowName: workflow.workflowName, eventBusArn: workflow.eventBus.eventBusArn }, reports).workflow;
  workflow.onStatusChanged('Rule');
  copy.onStatusChanged('Rule');

  const patternIn = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'))
    .map(({ Properties }) => Properties.EventPattern).find((pattern) => pattern?.['detail-type']?.includes('OrderStatusChanged'));
  expect(patternIn(reports)).toEqual(patternIn(shop));
});
