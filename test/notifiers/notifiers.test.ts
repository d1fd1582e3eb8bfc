import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  EmailNotifier, EventTargetNotifier, FunctionNotifier, IOrderNotifier, InvokeFunction, NotifierOptions, OrderProcessingWorkflow, QueueNotifier,
  TopicNotifier, ValidateOrder,
} from '../../src';
import { newStack, userFunction } from '../support/workflow';
import { added, templateOf } from '../support/workflow-template';

type MakeNotifier = (stack: Stack, options?: NotifierOptions) => IOrderNotifier;

const NOTIFIERS: Array<[name: string, notifier: MakeNotifier]> = [
  ['Email', (_stack, options) => new EmailNotifier({ sender: 'shop@example.com', ...options })],
  ['Queue', (stack, options) => new QueueNotifier(new sqs.Queue(stack, 'Receiver'), options)],
  ['Topic', (stack, options) => new TopicNotifier(new sns.Topic(stack, 'Receiver'), options)],
  ['Function', (stack, options) => new FunctionNotifier(userFunction(stack, 'Receiver'), options)],
  ['EventTarget', (stack, options) => new EventTargetNotifier(new targets.LambdaFunction(userFunction(stack, 'Receiver')), options)],
];

describe.each(NOTIFIERS)('the notifier %s', (name, notifier) => {
  const without = templateOf(() => ({}), (workflow) => workflow.onStatusChanged('Other'));
  const template = templateOf(() => ({}), (workflow, stack) => {
    workflow.onStatusChanged('Other');
    workflow.addNotifier(notifier(stack));
  });

  test('makes at most 10 resources', () => {
    expect(added(template, without).filter((id) => !id.startsWith('Receiver')).length).toBeLessThanOrEqual(10);
  });

  test('matches events of its workflow only', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({ detail: { workflow: ['Shop/Orders'] } }), Targets: Match.anyValue(),
    });
  });

  test.each([[name, undefined], ['Shipping', { notifierName: 'Shipping' }]])('has ids that begin with its name, %s', (expected, options) => {
    const made = templateOf(() => ({}), (workflow, stack) => {
      workflow.onStatusChanged('Other');
      workflow.addNotifier(notifier(stack, options));
    });
    const rules = Object.keys(made.findResources('AWS::Events::Rule'));
    expect(rules).toContainEqual(expect.stringMatching(new RegExp(`^OrdersNotifiers${expected}Rule`)));
    const inside = added(made, without).filter((id) => id.startsWith('OrdersNotifiers'));
    expect(inside.filter((id) => !id.startsWith(`OrdersNotifiers${expected}`))).toEqual([]);
  });

  test('refuses a status that no order can have, with the statuses that one can', () => {
    expect(() => templateOf((stack) => ({ notifiers: [notifier(stack, { statuses: ['COMPLETED', 'SHIPPED'] })] }))).toThrow(
      `statuses of ${name} contains 'SHIPPED', which is not a status of this workflow: use RECEIVED, COMPLETED, CANCELLED, FAILED, REFUNDED, `
      + 'NEEDS_ATTENTION, VALID, INVALID, RESERVED, OUT_OF_STOCK');
  });
});

describe.each(NOTIFIERS.slice(0, 4))('the notifier %s', (name, notifier) => {
  const template = templateOf((stack) => ({ notifiers: [notifier(stack)] }));

  test('retries for a day, and then uses its dead-letter queue', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      Targets: [Match.objectLike({
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^OrdersNotifiers${name}DeadLetters`), 'Arn'] } },
        RetryPolicy: { MaximumEventAgeInSeconds: 86400, MaximumRetryAttempts: 185 },
      })],
    });
  });

  test.each([[undefined, 'Retain'], [RemovalPolicy.DESTROY, 'Delete']])('with the removal policy %p has a queue with the policy %s', (removalPolicy, policy) => {
    const made = templateOf((stack) => ({ notifiers: [notifier(stack)], removalPolicy }));
    const [queue] = Object.entries(made.findResources('AWS::SQS::Queue')).filter(([id]) => id.startsWith(`OrdersNotifiers${name}DeadLetters`));
    expect(queue[1]).toMatchObject({ DeletionPolicy: policy, UpdateReplacePolicy: policy });
  });

  test('has an alarm for that queue, which publishes to the failure topic', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp(`^Notifications of ${name} were not delivered: `),
      Threshold: 1,
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^OrdersNotifiers${name}DeadLetters`), 'QueueName'] } }],
      AlarmActions: [{ Ref: Match.stringLikeRegexp('^OrdersAlertsTopic') }],
    });
  });
});

test('two notifiers of one name are refused, with the property that separates them', () => {
  expect(() => templateOf((stack) => ({
    notifiers: [
      new EmailNotifier({ sender: 'shop@example.com' }), new TopicNotifier(new sns.Topic(stack, 'Receiver')),
      new EmailNotifier({ sender: 'support@example.com' }),
    ],
  }))).toThrow('notifiers[0] and [2] are both named Email: set notifierName');
});

test('a notifier of one workflow is refused by another', () => {
  const stack = newStack();
  const notifiers = [new TopicNotifier(new sns.Topic(stack, 'Receiver'))];
  new OrderProcessingWorkflow(stack, 'Orders', { notifiers });
  expect(() => new OrderProcessingWorkflow(stack, 'Returns', { notifiers })).toThrow(/notifiers\[0\].*Shop\/Orders/);
});

test('a FIFO queue receives the orders in one message group', () => {
  templateOf((stack) => ({ notifiers: [new QueueNotifier(new sqs.Queue(stack, 'Receiver', { fifo: true, contentBasedDeduplication: true }))] }))
    .hasResourceProperties('AWS::Events::Rule', { Targets: [Match.objectLike({ SqsParameters: { MessageGroupId: 'orders' } })] });
});

// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_SqsParameters.html
test('a FIFO queue without content-based deduplication is refused', () => {
  expect(() => templateOf((stack) => ({ notifiers: [new QueueNotifier(new sqs.Queue(stack, 'Receiver', { fifo: true }))] }))).toThrow(
    'the FIFO queue Shop/Receiver refuses every message of EventBridge, which has no deduplication id: set contentBasedDeduplication of the queue');
});

test('an imported FIFO queue has a warning, as its deduplication is not known', () => {
  const stack = newStack();
  const queue = sqs.Queue.fromQueueArn(stack, 'Receiver', 'arn:aws:sqs:eu-central-1:111111111111:changes.fifo');
  new OrderProcessingWorkflow(stack, 'Orders', { notifiers: [new QueueNotifier(queue)] });
  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('Shop/Receiver is a FIFO queue and imported: enable its content-based deduplication'));
});

// A target of AWS::Events::Rule has parameters for queues, and none for topics.
test('a FIFO topic is refused', () => {
  expect(() => templateOf((stack) => ({ notifiers: [new TopicNotifier(new sns.Topic(stack, 'Receiver', { fifo: true }))] }))).toThrow(
    'the topic Shop/Receiver is a FIFO topic, and a rule of EventBridge sends it no message group: use a standard topic, or a QueueNotifier with a FIFO queue');
});

test('a status that a custom step declares is accepted', () => {
  const made = templateOf((stack) => ({
    steps: [new ValidateOrder(), new InvokeFunction({ stepName: 'Ship', handler: userFunction(stack, 'Ship'), acceptedStatus: 'SHIPPED' })],
    notifiers: [new EmailNotifier({ sender: 'shop@example.com', statuses: ['SHIPPED'] })],
  }));
  made.hasResourceProperties('AWS::Events::Rule', { EventPattern: Match.objectLike({ detail: Match.objectLike({ status: ['SHIPPED'] }) }) });
});

test('a custom notifier is bound to the workflow itself, with a namespace of its own', () => {
  const bind = jest.fn();
  let workflow: OrderProcessingWorkflow;
  const template = templateOf(() => ({}), (made) => {
    workflow = made;
    workflow.addNotifier({ notifierName: 'Loyalty', bind });
  });
  const [[scope, boundTo]] = bind.mock.calls;
  expect(scope.node.path).toBe('Shop/Orders/Notifiers/Loyalty');
  expect(boundTo).toBe(workflow!);
  expect(template.findResources('AWS::Events::Rule', { Properties: { EventPattern: { 'detail-type': ['OrderStatusChanged'] } } })).toEqual({});
});
