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

describe('a topic of a team', () => {
  const stack = newStack();
  const masterKey = new kms.Key(stack, 'Key');
  const failureTopic = new sns.Topic(stack, 'Topic', { masterKey, enforceSSL: true });
  for (const id of ['Orders', 'Returns']) new OrderProcessingWorkflow(stack, id, { failureTopic });
  const template = Template.fromStack(stack);

  test('lets alarms and rules of the account publish, said once for two workflows', () => {
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

  test('lets them use its key', () => {
    const [{ Properties }] = Object.values(template.findResources('AWS::KMS::Key', { DeletionPolicy: 'Retain' }));
    expect(Properties.KeyPolicy.Statement.filter(({ Sid }: { Sid?: string }) => Sid === 'AllowMessaging')).toMatchObject([
      { Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com', 'sns.amazonaws.com'] }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] },
    ]);
  });

  test('is nothing to warn about', () => {
    expect(warnings(stack, 'cdk-order-workflow:.*Policy')).toEqual([]);
  });
});

describe('a topic of a team', () => {
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

  test('that has no policy keeps the one of SNS, by which alarms publish', () => {
    const { stack, policies } = workflowWith(plain);
    expect(policies).toEqual([]);
    expect(warnings(stack, 'cdk-order-workflow:topicPolicy')).toEqual([]);
  });

  test('whose policy the team makes is left to it, and what it needs is said', () => {
    const { stack, policies } = workflowWith((scope) => {
      const topic = plain(scope);
      new sns.TopicPolicy(scope, 'Mine', { topics: [topic], enforceSSL: true });
      return topic;
    });
    expect(sids(policies)).toEqual([['AllowPublishThroughSSLOnly']]);
    expect(warnings(stack, 'cdk-order-workflow:topicPolicy')).toHaveLength(1);
  });

  test('that gets a policy only after the workflow lets them publish all the same', () => {
    const { policies } = workflowWith(plain, (topic) => topic.addToResourcePolicy(new PolicyStatement({
      sid: 'Partner', principals: [new AccountPrincipal('222222222222')], actions: ['sns:Subscribe'], resources: [topic.topicArn],
    })));
    expect(sids(policies)).toEqual([['Partner', 'AllowAlarmsAndRulesToPublish']]);
  });
});

describe('an imported topic', () => {
  test('keeps its policy, so what it needs is said once', () => {
    const stack = newStack();
    new OrderProcessingWorkflow(stack, 'Orders', { failureTopic: sns.Topic.fromTopicArn(stack, 'Topic', TOPIC_ARN) });

    expect(warnings(stack, 'cdk-order-workflow:.*Policy')).toEqual([expect.stringMatching(
      /^the policy of failureTopic is not ours to change: unless it lets alarms publish already, add to it \{.*"Action":"sns:Publish".*"cloudwatch\.amazonaws\.com".*:failures".*\[ack: cdk-order-workflow:topicPolicy\]$/,
    )]);
  });

  test('keeps its key too', () => {
    const stack = newStack();
    const failureTopic = sns.Topic.fromTopicAttributes(stack, 'Topic', { topicArn: TOPIC_ARN, keyArn: KEY_ARN });
    new OrderProcessingWorkflow(stack, 'Orders', { failureTopic });

    expect(warnings(stack, 'cdk-order-workflow:keyPolicy')).toEqual([
      expect.stringMatching(/^the policy of the key at Shop\/Topic\/Key is not ours to change: add to it \{.*AllowMessaging/),
    ]);
  });
});
