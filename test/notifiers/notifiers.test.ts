import { CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  EmailNotifier, EventTargetNotifier, FunctionNotifier, IOrderNotifier, InvokeFunction, QueueNotifier, TopicNotifier, ValidateOrder,
} from '../../src';
import { actions, added, templateOf } from '../status-feed/a-template';
import { userFunction } from '../support/workflow';

const KINDS: Array<[string, (stack: Stack) => IOrderNotifier]> = [
  ['EmailNotifier', () => new EmailNotifier({ from: 'shop@example.com' })],
  ['QueueNotifier', (stack) => new QueueNotifier(new sqs.Queue(stack, 'Receiver'))],
  ['TopicNotifier', (stack) => new TopicNotifier(new sns.Topic(stack, 'Receiver'))],
  ['FunctionNotifier', (stack) => new FunctionNotifier(userFunction(stack, 'Receiver'))],
  ['EventTargetNotifier', (stack) => new EventTargetNotifier(new targets.LambdaFunction(userFunction(stack, 'Receiver')))],
];

describe.each(KINDS)('%s', (_name, notifier) => {
  const without = templateOf(() => ({}), (workflow) => workflow.onStatusChanged('Other'));
  const template = templateOf(() => ({}), (workflow, stack) => {
    workflow.onStatusChanged('Other');
    workflow.addNotifier('Notify', notifier(stack));
  });

  test('costs at most 10 resources', () => {
    expect(added(template, without).filter((id) => !id.startsWith('Receiver')).length).toBeLessThanOrEqual(10);
  });

  test('listens to its workflow only', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({ detail: { workflow: ['Shop/Orders'] } }), Targets: Match.anyValue(),
    });
  });
});

describe.each(KINDS.slice(0, 4))('%s', (name, notifier) => {
  const template = templateOf((stack) => ({ notifiers: [notifier(stack)] }));

  test('is tried again for a day, then parked in a queue of its own', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      Targets: [Match.objectLike({
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^OrdersNotifiers${name}DeadLetters`), 'Arn'] } },
        RetryPolicy: { MaximumEventAgeInSeconds: 86400, MaximumRetryAttempts: 185 },
      })],
    });
  });

  test.each([[undefined, 'Retain'], [RemovalPolicy.DESTROY, 'Delete']])('with the removal policy %p keeps that queue or not: %s', (removalPolicy, fate) => {
    const made = templateOf((stack) => ({ notifiers: [notifier(stack)], removalPolicy }));
    const [queue] = Object.entries(made.findResources('AWS::SQS::Queue')).filter(([id]) => id.startsWith(`OrdersNotifiers${name}DeadLetters`));
    expect(queue[1]).toMatchObject({ DeletionPolicy: fate, UpdateReplacePolicy: fate });
  });

  test('has an alarm on that queue, which tells the failure topic', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp(`^Notices of ${name} were not delivered: `),
      Threshold: 1,
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^OrdersNotifiers${name}DeadLetters`), 'QueueName'] } }],
      AlarmActions: [{ Ref: Match.stringLikeRegexp('^OrdersAlertsTopic') }],
    });
  });
});

describe('a mail', () => {
  const template = templateOf(() => ({ notifiers: [new EmailNotifier({ from: 'shop@example.com', to: 'desk@example.com', statuses: ['FAILED'] })] }));

  test('that the server refuses is parked where those are that could not be delivered', () => {
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^OrdersNotifiersEmailNotifierDeadLetters'), 'Arn'] } },
      },
    });
  });

  test('comes from an address; one that only the deployment knows is taken as it is', () => {
    expect(() => templateOf(() => ({ notifiers: [new EmailNotifier({ from: 'garbage' })] }))).toThrow(/from is 'garbage', which is no mail address/);
    expect(() => templateOf((stack) => ({ notifiers: [new EmailNotifier({ from: new CfnParameter(stack, 'From').valueAsString })] }))).not.toThrow();
  });

  test('is sent by a function that may send from this address, park, and nothing else', () => {
    expect(actions(template, 'EmailNotifierFunction')).toEqual(['ses:SendEmail', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage']);
  });

  test('goes to one address if one is given', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { SENDER: 'shop@example.com', RECIPIENT: 'desk@example.com', TEXTS: '{}' } },
    });
  });

  test('whose texts are more than a function can keep is refused', () => {
    const texts = { COMPLETED: { subject: 'Done', text: 'ä'.repeat(2_048) } };
    expect(() => templateOf(() => ({ notifiers: [new EmailNotifier({ from: 'shop@example.com', texts })] }))).toThrow(
      /^texts make the environment of a function 41\d\d bytes, and Lambda takes 4096: shorten them, or share the statuses out among several/);
  });

  test('whose texts fit only without what is set for all functions is refused', () => {
    const mails = (environment?: { [name: string]: string }) => () => templateOf(() => ({
      notifiers: [new EmailNotifier({ from: 'shop@example.com', texts: { COMPLETED: { subject: 'Done', text: 'x'.repeat(3_900) } } })],
      functionSettings: { environment },
    }));
    expect(mails()).not.toThrow();
    expect(mails({ NOTE: 'x'.repeat(200) })).toThrow(/texts make the environment of a function 4\d\d\d bytes/);
  });

  test.each(['\n', '\r', '\r\nBcc: eve@example.com'])('whose subject has a line break is refused', (lineBreak) => {
    expect(() => new EmailNotifier({ from: 'shop@example.com', texts: { PAID: { subject: `Paid${lineBreak}`, text: '' } } }))
      .toThrow('subject of the mail for PAID has a line break, which would begin a header: put it into the text');
  });
});

describe('what a function of a team throws', () => {
  const failures = (onFailure?: sqs.IQueue) => ({ MaximumRetryAttempts: 2, DestinationConfig: { OnFailure: { Destination: onFailure } } });
  const parked = failures({ 'Fn::GetAtt': [Match.stringLikeRegexp('^OrdersNotifiersFunctionNotifierDeadLetters'), 'Arn'] } as any);

  test('is tried again twice and parked where those are that could not be delivered', () => {
    templateOf((stack) => ({ notifiers: [new FunctionNotifier(userFunction(stack, 'Receiver'))] }))
      .hasResourceProperties('AWS::Lambda::EventInvokeConfig', parked);
  });

  test('is parked once where two notifiers call the function', () => {
    const template = templateOf((stack) => {
      const receiver = userFunction(stack, 'Receiver');
      return { notifiers: [new FunctionNotifier(receiver, { statuses: ['VALID'] }), new FunctionNotifier(receiver, { statuses: ['COMPLETED'] })] };
    });
    template.resourcePropertiesCountIs('AWS::Lambda::EventInvokeConfig', parked, 1);
  });

  test('goes where the function itself says', () => {
    const template = templateOf((stack) => {
      const receiver = userFunction(stack, 'Receiver');
      receiver.configureAsyncInvoke({ retryAttempts: 0 });
      return { notifiers: [new FunctionNotifier(receiver)] };
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: Match.stringLikeRegexp('^Receiver') }, MaximumRetryAttempts: 0, DestinationConfig: Match.absent(),
    });
  });
});

test('a FIFO queue is told in one sequence', () => {
  templateOf((stack) => ({ notifiers: [new QueueNotifier(new sqs.Queue(stack, 'Receiver', { fifo: true, contentBasedDeduplication: true }))] }))
    .hasResourceProperties('AWS::Events::Rule', { Targets: [Match.objectLike({ SqsParameters: { MessageGroupId: 'orders' } })] });
});

describe('a status that no order can have', () => {
  test.each(KINDS.map(([name]) => name))('is refused by %s', (name) => {
    const notifiers: { [name: string]: (stack: Stack) => IOrderNotifier } = {
      EmailNotifier: () => new EmailNotifier({ from: 'shop@example.com', statuses: ['SHIPPED'] }),
      QueueNotifier: (stack) => new QueueNotifier(new sqs.Queue(stack, 'Receiver'), { statuses: ['COMPLETED', 'SHIPPED'] }),
      TopicNotifier: (stack) => new TopicNotifier(new sns.Topic(stack, 'Receiver'), { statuses: ['SHIPPED'] }),
      FunctionNotifier: (stack) => new FunctionNotifier(userFunction(stack, 'Receiver'), { statuses: ['SHIPPED'] }),
      EventTargetNotifier: (stack) => new EventTargetNotifier(new targets.LambdaFunction(userFunction(stack, 'Receiver')), { statuses: ['SHIPPED'] }),
    };
    expect(() => templateOf((stack) => ({ notifiers: [notifiers[name](stack)] }))).toThrow(
      `statuses of ${name} name SHIPPED, a status that no order here can have: choose among RECEIVED, COMPLETED, CANCELLED, FAILED, REFUNDED, `
      + 'NEEDS_ATTENTION, VALID, INVALID, RESERVED, OUT_OF_STOCK');
  });

  test('is refused among the texts of a mail', () => {
    const texts = { COMPLETD: { subject: 'Done', text: 'Done.' } };
    expect(() => templateOf(() => ({ notifiers: [new EmailNotifier({ from: 'shop@example.com', texts })] })))
      .toThrow('texts of EmailNotifier name COMPLETD, a status that no order here can have');
  });

  test('is none where a step of a team leads to it', () => {
    const made = templateOf((stack) => ({
      steps: [new ValidateOrder(), new InvokeFunction({ stepName: 'Ship', handler: userFunction(stack, 'Ship'), acceptedStatus: 'SHIPPED' })],
      notifiers: [new EmailNotifier({ from: 'shop@example.com', statuses: ['SHIPPED'] })],
    }));
    made.hasResourceProperties('AWS::Events::Rule', { EventPattern: Match.objectLike({ detail: Match.objectLike({ status: ['SHIPPED'] }) }) });
  });
});

test('a notifier of a user is bound to a namespace of its own, and told where to say what happened', () => {
  const bind = jest.fn();
  const template = templateOf(() => ({}), (workflow) => workflow.addNotifier('Mine', { bind }));
  const [[scope, options]] = bind.mock.calls;
  expect(scope.node.path).toBe('Shop/Orders/Notifiers/Mine');
  expect(options).toMatchObject({ publisher: expect.anything(), failureTopic: expect.anything() });
  expect(template.findResources('AWS::Events::Rule', { Properties: { EventPattern: { 'detail-type': ['OrderStatusChanged'] } } })).toEqual({});
});
