import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  AlertKind, EmailAlert, IAlertTarget, InvokeFunction, OrderProcessingWorkflow, QueueAlert, SubscriptionAlert,
} from '../../src';
import { filterProblem, filterUnion } from '../../src/alerting/filter-union';
import { newStack, userFunction } from '../support/workflow';

// SNS has one subscription for each endpoint of a topic, and refuses a second one with other attributes:
// https://github.com/localstack/localstack/issues/8816, compared with AWS in https://github.com/localstack/localstack/pull/8976.

const EMAIL = 'ops@example.com';
const named = (targetName: string, kinds?: string[]) => new EmailAlert(EMAIL, { targetName, kinds });

function subscriptionsOf(...alertTargets: IAlertTarget[]): [id: string, properties: any][] {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', { alertTargets });
  return Object.entries(Template.fromStack(stack).findResources('AWS::SNS::Subscription')).map(([id, { Properties }]) => [id, Properties]);
}

describe('targets that share an endpoint', () => {
  test('are one subscription, with one dead-letter queue, that matches what any of them matches', () => {
    const stack = newStack();
    new OrderProcessingWorkflow(stack, 'Orders', { alertTargets: [named('Failures', ['order-failed']), named('Alarms', [AlertKind.ALARM])] });
    const template = Template.fromStack(stack);

    template.resourceCountIs('AWS::SNS::Subscription', 1);
    template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: EMAIL, FilterPolicy: { kind: ['order-failed', 'alarm', { exists: false }] } });
    expect(Object.keys(template.findResources('AWS::SQS::Queue')).filter((id) => id.includes('AlertTargets')))
      .toEqual([expect.stringMatching(/^OrdersAlertTargetsFailuresDeadLetters/)]);
  });

  test('receive every alert if one of them has no filter', () => {
    const [[, { FilterPolicy }]] = subscriptionsOf(named('Failures', ['order-failed']), named('All'));
    expect(FilterPolicy).toBeUndefined();
  });

  test('have a subscription that a change of their names, order or number does not replace', () => {
    const one = subscriptionsOf(named('Failures', ['order-failed']));
    const others = subscriptionsOf(new EmailAlert('boss@example.com'), named('Alarms', [AlertKind.ALARM]), named('Failed', ['order-failed']));
    expect(others.filter(([, { Endpoint }]) => Endpoint === EMAIL).map(([id]) => id)).toEqual(one.map(([id]) => id));
  });

  test.each([
    ['a dead-letter queue of its own', (stack: Stack) => new SubscriptionAlert(
      new subscriptions.EmailSubscription(EMAIL, { deadLetterQueue: new sqs.Queue(stack, 'DeadLetters') })), 'and different dead-letter queues: give both the same'],
    ['another protocol', () => new SubscriptionAlert(new subscriptions.EmailSubscription(EMAIL, { json: true })), 'and different settings of protocol: give both the same'],
    ['a filter of its own', () => new SubscriptionAlert(new subscriptions.EmailSubscription(EMAIL, {
      filterPolicyWithMessageBody: { orderId: sns.FilterOrPolicy.filter(sns.SubscriptionFilter.existsFilter()) },
    })), 'and one has a filter policy of its own, which cannot be combined with another filter'],
  ])('are refused if one has %s', (_what, target, why) => {
    const stack = newStack();
    expect(() => new OrderProcessingWorkflow(stack, 'Orders', { alertTargets: [new EmailAlert(EMAIL), target(stack)] })).toThrow(
      `Shop/Orders/AlertTargets/Subscription and Shop/Orders/AlertTargets/Email have one endpoint, for which SNS has one subscription, ${why}`);
  });

  test('are refused if one wants the envelope of SNS and the other does not', () => {
    const stack = newStack();
    const queue = new sqs.Queue(stack, 'Queue');
    expect(() => new OrderProcessingWorkflow(stack, 'Orders', {
      alertTargets: [new QueueAlert(queue), new SubscriptionAlert(new subscriptions.SqsSubscription(queue))],
    })).toThrow('and different settings of rawMessageDelivery: give both the same');
  });

  test('are refused if they are of two workflows with one topic', () => {
    const stack = newStack();
    const failureTopic = new sns.Topic(stack, 'Failures');
    new OrderProcessingWorkflow(stack, 'Orders', { failureTopic, alertTargets: [new EmailAlert(EMAIL)] });
    expect(() => new OrderProcessingWorkflow(stack, 'Returns', { failureTopic, alertTargets: [new EmailAlert(EMAIL)] })).toThrow(
      'are of two workflows with one failureTopic: leave one of them out, as the topic has the alerts of both workflows, or give each workflow a failureTopic of its own');
  });

  test('are refused if they are of two workflows with one imported topic, in two stacks', () => {
    const app = new App();
    const workflow = (id: string) => {
      const stack = new Stack(app, id);
      const failureTopic = sns.Topic.fromTopicArn(stack, 'Failures', 'arn:aws:sns:eu-central-1:111111111111:failures');
      return new OrderProcessingWorkflow(stack, 'Orders', { failureTopic, alertTargets: [new EmailAlert(EMAIL)] });
    };
    workflow('Shop');
    expect(() => workflow('Tills')).toThrow('are of two workflows with one failureTopic');
  });

  test('can be of two workflows that have topics of their own', () => {
    const stack = newStack();
    for (const id of ['Orders', 'Returns']) new OrderProcessingWorkflow(stack, id, { alertTargets: [new EmailAlert(EMAIL)] });
    Template.fromStack(stack).resourceCountIs('AWS::SNS::Subscription', 2);
  });
});

// https://docs.aws.amazon.com/sns/latest/dg/and-or-logic.html
describe('the union of filters', () => {
  const filter = (kind?: unknown[], step?: unknown[]) => ({ ...(kind && { kind }), ...(step && { step }) });

  test.each([
    ['of the same ones is one of them', [filter(['a']), filter(['a'])], filter(['a'])],
    ['of one attribute has the values of both, once', [filter(['a', { exists: false }]), filter(['b', { exists: false }])], filter(['a', { exists: false }, 'b'])],
    ['of two attributes has alternatives', [filter(['a']), filter(undefined, ['s']), filter(['b'], ['s'])], { $or: [{ kind: ['a'] }, { step: ['s'] }, { kind: ['b'], step: ['s'] }] }],
    ['with none is none', [filter(['a']), undefined], undefined],
  ])('%s', (_what, filters, union) => {
    expect(filterUnion(filters)).toEqual(union);
  });

  // https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html; how those of `$or` count is in
  // https://github.com/localstack/localstack/pull/10691, compared with AWS.
  test.each([
    [{ kind: Array(10).fill('k'), step: Array(15).fill('s') }, undefined],
    [{ kind: Array(10).fill('k'), step: Array(16).fill('s') }, '160 combinations of values, and SNS accepts 150'],
    [{ $or: [{ kind: Array(75).fill('k') }, { step: Array(75).fill('s') }] }, undefined],
    [{ $or: [{ kind: Array(75).fill('k') }, { step: Array(76).fill('s') }] }, '151 combinations of values, and SNS accepts 150'],
  ])('has no more combinations than SNS accepts (%#)', (union, problem) => {
    expect(filterProblem(union as never)).toBe(problem);
  });

  test('that SNS would not accept is refused at synth', () => {
    const stack = newStack();
    const steps = Array.from({ length: 20 }, (_, index) => new InvokeFunction({
      stepName: `Step${index}`, handler: userFunction(stack, `Step${index}`), acceptedStatus: `DONE_${index}`,
    }));
    const alertTargets = [new EmailAlert(EMAIL, { kinds: Object.values(AlertKind) as string[], steps: steps.map(({ stepName }) => stepName) })];
    new OrderProcessingWorkflow(stack, 'Orders', { steps, alertTargets });
    expect(() => Template.fromStack(stack)).toThrow(
      'the filters for the endpoint of Shop/Orders/AlertTargets/Email have 208 combinations of values, and SNS accepts 150: list fewer kinds or steps, or leave them out');
  });
});
