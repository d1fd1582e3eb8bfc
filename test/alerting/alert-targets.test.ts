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
  QueueAlert: ['sqs', (stack, options) => new QueueAlert(new sqs.Queue(stack, 'Alerts'), options)],
  FunctionAlert: ['lambda', (stack, options) => new FunctionAlert(userFunction(stack, 'OnAlert'), options)],
  EmailAlert: ['email', (_stack, options) => new EmailAlert('ops@example.com', options)],
  SubscriptionAlert: ['https', (_stack, options) => new SubscriptionAlert(new subscriptions.UrlSubscription('https://ops.example.com'), options)],
};
const each = Object.entries(TARGETS).map(([kind, [protocol, target]]) => [kind, protocol, target] as const);

function told(target: MakeTarget, options?: AlertTargetOptions): Template {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', { alertTargets: [target(stack, options)] });
  return Template.fromStack(stack);
}

function filterOf(template: Template): unknown {
  const [{ Properties }] = Object.values(template.findResources('AWS::SNS::Subscription'));
  return Properties.FilterPolicy;
}

describe.each(each)('%s', (_kind, protocol, target) => {
  test('hears of everything, and parks what did not arrive in a queue of its own with an alarm', () => {
    const template = told(target);

    const queues = template.findResources('AWS::SQS::Queue', { Properties: { MessageRetentionPeriod: 14 * 24 * 3600 } });
    const [queue] = Object.keys(queues).filter((id) => id.includes('AlertTargets'));
    const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: protocol,
      TopicArn: { Ref: topic },
      FilterPolicy: Match.absent(),
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [queue, 'Arn'] } },
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('^Alerts of \\w+ were not delivered: '),
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

  test('hears only of the kinds it asks for', () => {
    expect(filterOf(told(target, { kinds: [AlertKind.ORDER_FAILED] }))).toEqual({ kind: ['order-failed'] });
  });
});

describe('a filter', () => {
  const [, queueAlert] = TARGETS.QueueAlert;
  const OF_THE_WHOLE_ORDER = ['Order', 'OpenOrder', 'CompleteOrder', 'ClosingSteps', 'RepairOrder'];

  test('by kinds lets alarms through, which have no kind, only when it names them', () => {
    expect(filterOf(told(queueAlert, { kinds: [AlertKind.COMPENSATION_FAILED, AlertKind.ALARM] }))).toEqual({
      kind: ['compensation-failed', 'alarm', { exists: false }],
    });
  });

  test('by steps lets through what concerns no step', () => {
    expect(filterOf(told(queueAlert, { steps: ['ProcessPayment'] }))).toEqual({ step: ['ProcessPayment', ...OF_THE_WHOLE_ORDER, { exists: false }] });
  });

  test('by both wants both', () => {
    expect(filterOf(told(queueAlert, { kinds: ['order-failed'], steps: ['ProcessPayment'] }))).toEqual({
      kind: ['order-failed'], step: ['ProcessPayment', ...OF_THE_WHOLE_ORDER, { exists: false }],
    });
  });

  test.each(['kinds', 'steps'])('by no %s is refused', (name) => {
    expect(() => told(queueAlert, { [name]: [] })).toThrow(`${name} is empty, so nothing would be told: name some, or leave it out`);
  });
});

test('one address can be told of two kinds by two targets, each with a filter of its own', () => {
  const stack = newStack();
  const workflow = new OrderProcessingWorkflow(stack, 'Orders');
  workflow.addAlertTarget('Failures', new EmailAlert('ops@example.com', { kinds: ['order-failed'] }));
  workflow.addAlertTarget('Alarms', new EmailAlert('ops@example.com', { kinds: [AlertKind.ALARM] }));

  Template.fromStack(stack).resourceCountIs('AWS::SNS::Subscription', 2);
});

test('one function can be told of two kinds by two targets, each of which may call it', () => {
  const stack = newStack();
  const onAlert = userFunction(stack, 'OnAlert');
  const workflow = new OrderProcessingWorkflow(stack, 'Orders', { alertTargets: [new FunctionAlert(onAlert, { kinds: ['order-failed'] })] });
  workflow.addAlertTarget('Alarms', new FunctionAlert(onAlert, { kinds: [AlertKind.ALARM] }));
  const template = Template.fromStack(stack);

  const permissions = template.findResources('AWS::Lambda::Permission', { Properties: { FunctionName: stack.resolve(onAlert.functionArn) } });
  expect(Object.values(permissions).map(({ Properties }) => [Properties.Principal, Properties.SourceArn])).toEqual(
    Array(2).fill(['sns.amazonaws.com', stack.resolve(workflow.alerts.topic.topicArn)]));
  template.resourcePropertiesCountIs('AWS::SNS::Subscription', { Protocol: 'lambda', Endpoint: stack.resolve(onAlert.functionArn) }, 2);
});

test('a queue gets the alert and not the envelope around it', () => {
  told(TARGETS.QueueAlert[1]).hasResourceProperties('AWS::SNS::Subscription', { RawMessageDelivery: true });
});

test('a subscription keeps the filter and the dead-letter queue that it brings', () => {
  const stack = newStack();
  const parked = new sqs.Queue(stack, 'Parked');
  new OrderProcessingWorkflow(stack, 'Orders', {
    alertTargets: [
      new SubscriptionAlert(new subscriptions.EmailSubscription('a@example.com', {
        deadLetterQueue: parked, filterPolicy: { error: sns.SubscriptionFilter.existsFilter() },
      }), { kinds: ['order-failed'] }),
      new SubscriptionAlert(new subscriptions.EmailSubscription('b@example.com', {
        filterPolicyWithMessageBody: { orderId: sns.FilterOrPolicy.filter(sns.SubscriptionFilter.existsFilter()) },
      })),
    ],
  });
  const template = Template.fromStack(stack);

  template.hasResourceProperties('AWS::SNS::Subscription', {
    Endpoint: 'a@example.com',
    FilterPolicy: { error: [{ exists: true }] },
    RedrivePolicy: { deadLetterTargetArn: stack.resolve(parked.queueArn) },
  });
  template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'b@example.com', FilterPolicyScope: 'MessageBody' });
});

test('with a key of a team, what is parked is encrypted with it, and SNS may use it', () => {
  const stack = newStack();
  const encryptionKey = new kms.Key(stack, 'Key');
  new OrderProcessingWorkflow(stack, 'Orders', {
    encryptionKey, alertTargets: [new EmailAlert('ops@example.com'), new EmailAlert('boss@example.com')],
  });
  const template = Template.fromStack(stack);

  template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: stack.resolve(encryptionKey.keyArn) });
  const [{ Properties }] = Object.values(template.findResources('AWS::KMS::Key'));
  const statements = Properties.KeyPolicy.Statement.filter(({ Principal }: any) => [Principal.Service].flat().includes('sns.amazonaws.com'));
  expect(statements).toEqual([expect.objectContaining({ Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] })]);
});

test('a topic of a team is subscribed to as one of ours', () => {
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

test('a target of a team\'s own is bound with all that the workflow offers', () => {
  const stack = newStack();
  const bound: unknown[] = [];
  const workflow = new OrderProcessingWorkflow(stack, 'Orders', {
    alertTargets: [{ bind: (scope, options) => { bound.push([scope.node.path, options]); } }],
  });

  expect(bound).toEqual([['Shop/Orders/AlertTargets/Object', {
    alerts: workflow.alerts,
    workflowName: 'Shop/Orders',
    logGroup: workflow.saga.logGroup,
    functionSettings: undefined,
    encryptionKey: undefined,
  }]]);
});
