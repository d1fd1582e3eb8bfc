import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  AlertKind, AlertTargetOptions, EmailAlert, FunctionAlert, IAlertTarget, OrderProcessingWorkflow, QueueAlert, SubscriptionAlert,
} from '../../src';
import { newStack, userFunction } from '../support/workflow';

type MakeTarget = (stack: Stack, options?: AlertTargetOptions) => IAlertTarget;

const TARGETS: { [kind: string]: [protocol: string, target: MakeTarget] } = {
  Queue: ['sqs', (stack, options) => new QueueAlert(new sqs.Queue(stack, 'Alerts'), options)],
  Function: ['lambda', (stack, options) => new FunctionAlert(userFunction(stack, 'OnAlert'), options)],
  Email: ['email', (_stack, options) => new EmailAlert('ops@example.com', options)],
  Subscription: ['https', (_stack, options) => new SubscriptionAlert(new subscriptions.UrlSubscription('https://ops.example.com'), options)],
};
const each = Object.entries(TARGETS).map(([name, [protocol, target]]) => [name, protocol, target] as const);

function templateWith(target: MakeTarget, options?: AlertTargetOptions): Template {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', { alertTargets: [target(stack, options)] });
  return Template.fromStack(stack);
}

describe.each(each)('the target %s', (name, protocol, target) => {
  test('receives every alert, and has a dead-letter queue with an alarm', () => {
    const template = templateWith(target);

    const [queue, ...others] = Object.keys(template.findResources('AWS::SQS::Queue')).filter((id) => id.includes('AlertTargets'));
    const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
    expect(others).toEqual([]);
    expect(queue).toMatch(new RegExp(`^OrdersAlertTargets${name}DeadLetters`));
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: protocol,
      TopicArn: { Ref: topic },
      FilterPolicy: Match.absent(),
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [queue, 'Arn'] } },
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp(`^Alerts of ${name} were not delivered: `),
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queue, 'QueueName'] } }],
      AlarmActions: [{ Ref: topic }],
      OKActions: [{ Ref: topic }],
    });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: queue }],
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([Match.objectLike({
          Action: 'sqs:SendMessage',
          Principal: { Service: 'sns.amazonaws.com' },
          Condition: { ArnEquals: { 'aws:SourceArn': { Ref: topic } } },
        })]),
      }),
    });
  });

  test('receives the kinds that it lists only', () => {
    templateWith(target, { kinds: [AlertKind.ORDER_FAILED] }).hasResourceProperties('AWS::SNS::Subscription', {
      FilterPolicy: { kind: ['order-failed'] },
    });
  });

  test('is named by targetName, and so are its construct ids', () => {
    const ids = Object.keys(templateWith(target, { targetName: 'Operations' }).toJSON().Resources).filter((id) => id.includes('AlertTargets'));
    expect(ids.filter((id) => !id.startsWith('OrdersAlertTargetsOperations'))).toEqual([]);
  });
});

test('two targets of one name are refused, with the property that separates them', () => {
  const stack = newStack();
  const alertTargets = [new EmailAlert('a@example.com'), new QueueAlert(new sqs.Queue(stack, 'Alerts')), new EmailAlert('b@example.com')];
  expect(() => new OrderProcessingWorkflow(stack, 'Orders', { alertTargets }))
    .toThrow('alertTargets[0] and [2] are both named Email: set targetName');
});

test('a target of one workflow is refused by another', () => {
  const alertTargets = [new EmailAlert('ops@example.com')];
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', { alertTargets });
  expect(() => new OrderProcessingWorkflow(stack, 'Returns', { alertTargets })).toThrow(/alertTargets\[0\].*Shop\/Orders/);
});

test('two targets with a filter each can invoke one function, with a permission each', () => {
  const stack = newStack();
  const onAlert = userFunction(stack, 'OnAlert');
  const workflow = new OrderProcessingWorkflow(stack, 'Orders', { alertTargets: [new FunctionAlert(onAlert, { kinds: ['order-failed'] })] });
  workflow.addAlertTarget(new FunctionAlert(onAlert, { targetName: 'Alarms', kinds: [AlertKind.ALARM] }));
  const template = Template.fromStack(stack);

  const permissions = template.findResources('AWS::Lambda::Permission', { Properties: { FunctionName: stack.resolve(onAlert.functionArn) } });
  expect(Object.values(permissions).map(({ Properties }) => [Properties.Principal, Properties.SourceArn])).toEqual(
    Array(2).fill(['sns.amazonaws.com', stack.resolve(workflow.failureTopic.topicArn)]));
  template.resourcePropertiesCountIs('AWS::SNS::Subscription', { Protocol: 'lambda', Endpoint: stack.resolve(onAlert.functionArn) }, 1);
});

// https://github.com/getmoto/moto/pull/8957, compared with AWS
test.each([
  ['a FIFO queue', (stack: Stack) => new QueueAlert(new sqs.Queue(stack, 'Alerts', { fifo: true }))],
  ['an imported FIFO queue', (stack: Stack) => new QueueAlert(sqs.Queue.fromQueueArn(stack, 'Alerts', 'arn:aws:sqs:eu-central-1:111111111111:alerts.fifo'))],
  ['a subscription of a FIFO queue', (stack: Stack) => new SubscriptionAlert(
    new subscriptions.SqsSubscription(new sqs.Queue(stack, 'Alerts', { fifo: true })), { targetName: 'Queue' })],
])('%s is refused', (_what, target) => {
  expect(() => templateWith(target)).toThrow(
    'the queue of Queue is a FIFO queue, which SNS does not subscribe to the standard topic of alerts: use a standard queue');
});

test('a queue receives the alert without the envelope of SNS', () => {
  templateWith(TARGETS.Queue[1]).hasResourceProperties('AWS::SNS::Subscription', { RawMessageDelivery: true });
});

test('a subscription keeps its own filter policy and dead-letter queue', () => {
  const stack = newStack();
  const deadLetterQueue = new sqs.Queue(stack, 'DeadLetters');
  new OrderProcessingWorkflow(stack, 'Orders', {
    alertTargets: [
      new SubscriptionAlert(new subscriptions.EmailSubscription('a@example.com', {
        deadLetterQueue, filterPolicy: { error: sns.SubscriptionFilter.existsFilter() },
      }), { targetName: 'Attributes', kinds: ['order-failed'] }),
      new SubscriptionAlert(new subscriptions.EmailSubscription('b@example.com', {
        filterPolicyWithMessageBody: { orderId: sns.FilterOrPolicy.filter(sns.SubscriptionFilter.existsFilter()) },
      }), { targetName: 'Body' }),
    ],
  });
  const template = Template.fromStack(stack);

  template.hasResourceProperties('AWS::SNS::Subscription', {
    Endpoint: 'a@example.com',
    FilterPolicy: { error: [{ exists: true }] },
    RedrivePolicy: { deadLetterTargetArn: stack.resolve(deadLetterQueue.queueArn) },
  });
  template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'b@example.com', FilterPolicyScope: 'MessageBody' });
});

test('the key of the workflow encrypts the dead-letter queues, and SNS may use it', () => {
  const stack = newStack();
  const encryptionKey = new kms.Key(stack, 'Key');
  new OrderProcessingWorkflow(stack, 'Orders', {
    encryptionKey, alertTargets: [new EmailAlert('ops@example.com'), new EmailAlert('boss@example.com', { targetName: 'Boss' })],
  });
  const template = Template.fromStack(stack);

  template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: stack.resolve(encryptionKey.keyArn) });
  const [{ Properties }] = Object.values(template.findResources('AWS::KMS::Key'));
  const statements = Properties.KeyPolicy.Statement.filter(({ Principal }: any) => [Principal.Service].flat().includes('sns.amazonaws.com'));
  expect(statements).toEqual([expect.objectContaining({ Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] })]);
});

test('an existing topic gets the subscriptions', () => {
  const stack = newStack();
  const topicArn = 'arn:aws:sns:eu-central-1:111111111111:failures';
  new OrderProcessingWorkflow(stack, 'Orders', {
    failureTopic: sns.Topic.fromTopicArn(stack, 'Failures', topicArn),
    alertTargets: [new FunctionAlert(userFunction(stack, 'OnAlert'))],
  });
  const template = Template.fromStack(stack);

  template.hasResourceProperties('AWS::SNS::Subscription', { TopicArn: topicArn, Protocol: 'lambda' });
  template.hasResourceProperties('AWS::Lambda::Permission', { Principal: 'sns.amazonaws.com', SourceArn: topicArn });
});

test('a custom target is bound to the workflow itself, with a namespace of its own', () => {
  const bind = jest.fn();
  const workflow = new OrderProcessingWorkflow(newStack(), 'Orders', { alertTargets: [{ targetName: 'Tickets', bind }] });

  const [[scope, boundTo]] = bind.mock.calls;
  expect(scope.node.path).toBe('Shop/Orders/AlertTargets/Tickets');
  expect(boundTo).toBe(workflow);
});
