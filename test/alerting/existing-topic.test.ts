import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { OrderProcessingWorkflow } from '../../src';
import { newStack } from '../support/workflow';

const TOPIC_ARN = 'arn:aws:sns:eu-central-1:111111111111:failures';
const KEY_ARN = 'arn:aws:kms:eu-central-1:111111111111:key/1';

const warnings = (stack: Stack, id: string): unknown[] => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(id)).map(({ entry }) => entry.data);

// https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html
test('a FIFO topic is refused', () => {
  const stack = newStack();
  expect(() => new OrderProcessingWorkflow(stack, 'Orders', { failureTopic: new sns.Topic(stack, 'Failures', { fifo: true }) })).toThrow(
    'failureTopic is the FIFO topic Shop/Failures, to which neither alarms nor EventBridge rules publish, and which delivers to queues only: use a standard topic');
});

describe('an existing topic', () => {
  const stack = newStack();
  const masterKey = new kms.Key(stack, 'Key');
  const failureTopic = new sns.Topic(stack, 'Topic', { masterKey, enforceSSL: true });
  for (const id of ['Orders', 'Returns']) new OrderProcessingWorkflow(stack, id, { failureTopic });
  const template = Template.fromStack(stack);

  test('allows alarms and rules of the account to publish, in one statement for two workflows', () => {
    const [{ Properties }] = Object.values(template.findResources('AWS::SNS::TopicPolicy'));
    expect(Properties.PolicyDocument.Statement).toEqual([
      expect.objectContaining({ Sid: 'AllowPublishThroughSSLOnly' }),
      {
        Sid: 'AllowAlarmsAndRulesToPublish',
        Effect: 'Allow',
        Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'] },
        Action: 'sns:Publish',
        Resource: stack.resolve(failureTopic.topicArn),
        Condition: { StringEquals: { 'aws:SourceAccount': stack.resolve(stack.account) } },
      },
    ]);
  });

  test('allows them to use its key', () => {
    const [{ Properties }] = Object.values(template.findResources('AWS::KMS::Key', { DeletionPolicy: 'Retain' }));
    expect(Properties.KeyPolicy.Statement.filter(({ Sid }: { Sid?: string }) => Sid === 'AllowMessaging')).toMatchObject([
      { Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com', 'sns.amazonaws.com'] }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] },
    ]);
  });

  test('gets no warning', () => {
    expect(warnings(stack, 'cdk-order-workflow:.*Policy')).toEqual([]);
  });
});

describe('the policy of an existing topic', () => {
  const workflowWith = (makeTopic: (stack: Stack) => sns.Topic, change: (topic: sns.Topic) => void = () => undefined) => {
    const stack = newStack();
    const failureTopic = makeTopic(stack);
    new OrderProcessingWorkflow(stack, 'Orders', { failureTopic });
    change(failureTopic);
    return { stack, policies: Object.values(Template.fromStack(stack).findResources('AWS::SNS::TopicPolicy')) };
  };
  const plain = (stack: Stack) => new sns.Topic(stack, 'Topic');
  const sids = (policies: Array<Record<string, any>>) =>
    policies.map(({ Properties }) => Properties.PolicyDocument.Statement.map(({ Sid }: { Sid: string }) => Sid));

  test('stays the default one of SNS, which allows alarms to publish', () => {
    const { stack, policies } = workflowWith(plain);
    expect(policies).toEqual([]);
    expect(warnings(stack, 'cdk-order-workflow:topicPolicy')).toEqual([]);
  });

  test('is not changed if it is a separate resource: a warning has the statement that it needs', () => {
    const { stack, policies } = workflowWith((scope) => {
      const topic = plain(scope);
      new sns.TopicPolicy(scope, 'Policy', { topics: [topic], enforceSSL: true });
      return topic;
    });
    expect(sids(policies)).toEqual([['AllowPublishThroughSSLOnly']]);
    expect(warnings(stack, 'cdk-order-workflow:topicPolicy')).toHaveLength(1);
  });

  test('gets the statement even if it is created after the workflow', () => {
    const { policies } = workflowWith(plain, (topic) => topic.addToResourcePolicy(new PolicyStatement({
      sid: 'Partner', principals: [new AccountPrincipal('222222222222')], actions: ['sns:Subscribe'], resources: [topic.topicArn],
    })));
    expect(sids(policies)).toEqual([['Partner', 'AllowAlarmsAndRulesToPublish']]);
  });
});

describe('an imported topic', () => {
  test('keeps its policy, and one warning has the statement that it needs', () => {
    const stack = newStack();
    new OrderProcessingWorkflow(stack, 'Orders', { failureTopic: sns.Topic.fromTopicArn(stack, 'Topic', TOPIC_ARN) });

    expect(warnings(stack, 'cdk-order-workflow:.*Policy')).toEqual([expect.stringMatching(
      /^the policy of failureTopic cannot be changed here: unless it lets alarms publish already, add to it \{.*"Action":"sns:Publish".*"cloudwatch\.amazonaws\.com".*:failures".*\[ack: cdk-order-workflow:topicPolicy\]$/,
    )]);
  });

  test('keeps the policy of its key, and a warning has the statement that it needs', () => {
    const stack = newStack();
    const failureTopic = sns.Topic.fromTopicAttributes(stack, 'Topic', { topicArn: TOPIC_ARN, keyArn: KEY_ARN });
    new OrderProcessingWorkflow(stack, 'Orders', { failureTopic });

    expect(warnings(stack, 'cdk-order-workflow:keyPolicy')).toEqual([
      expect.stringMatching(/^the policy of the key at Shop\/Topic\/Key is not ours to change: add to it \{.*AllowMessaging/),
    ]);
  });
});
