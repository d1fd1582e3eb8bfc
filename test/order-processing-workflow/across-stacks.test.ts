import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  EnqueueOrder, EventIntake, FunctionAlert, FunctionNotifier, HttpIntake, InvokeFunction, OrderProcessingWorkflow, OrderProcessingWorkflowProps,
  PagerDutyAlert, QueueAlert, QueueIntake, QueueNotifier, SlackAlert, SubscriptionAlert, TopicNotifier, ValidateOrder, WebSocketIntake,
} from '../../src';
import { userFunction } from '../support/workflow';

interface Stacks {
  readonly app: App;
  /** Of the resource. */
  readonly platform: Stack;
  /** Of the workflow. */
  readonly shop: Stack;
}

function stacks(env?: { account: string; region: string }): Stacks {
  const app = new App({ analyticsReporting: false });
  return { app, platform: new Stack(app, 'Platform', { env }), shop: new Stack(app, 'Shop', { env }) };
}

function synthesized(props: (platform: Stack) => OrderProcessingWorkflowProps, made = stacks()): { platform: Template; shop: Template } & Pick<Stacks, 'app'> {
  const { app, platform, shop } = made;
  new OrderProcessingWorkflow(shop, 'Orders', props(platform));
  app.synth();
  return { app, platform: Template.fromStack(platform), shop: Template.fromStack(shop) };
}

const keyOf = (stack: Stack) => new kms.Key(stack, 'Key');
const encryptedQueue = (stack: Stack) => new sqs.Queue(stack, 'Queue', { encryptionMasterKey: keyOf(stack) });
const secretOf = (stack: Stack) => new secretsmanager.Secret(stack, 'Secret', { encryptionKey: keyOf(stack) });
const functionOf = (stack: Stack) => userFunction(stack, 'Receiver');

const RESOURCES: [what: string, props: (platform: Stack) => OrderProcessingWorkflowProps][] = [
  ['a queue for alerts', (platform) => ({ alertTargets: [new QueueAlert(new sqs.Queue(platform, 'Queue'))] })],
  ['an encrypted queue for alerts', (platform) => ({ alertTargets: [new QueueAlert(encryptedQueue(platform))] })],
  ['a function for alerts', (platform) => ({ alertTargets: [new FunctionAlert(functionOf(platform))] })],
  ['a function that subscribes', (platform) => ({ alertTargets: [new SubscriptionAlert(new subscriptions.LambdaSubscription(functionOf(platform)))] })],
  ['a queue that subscribes', (platform) => ({ alertTargets: [new SubscriptionAlert(new subscriptions.SqsSubscription(encryptedQueue(platform)))] })],
  ['an encrypted secret of Slack', (platform) => ({ alertTargets: [new SlackAlert(secretOf(platform))] })],
  ['an encrypted secret of PagerDuty', (platform) => ({ alertTargets: [new PagerDutyAlert(secretOf(platform))] })],
  ['a topic, its key and a queue that subscribes to it', (platform) => ({
    failureTopic: new sns.Topic(platform, 'Topic', { masterKey: keyOf(platform) }),
    alertTargets: [new QueueAlert(new sqs.Queue(platform, 'Queue'))],
  })],
  ['a function for changes of status', (platform) => ({ notifiers: [new FunctionNotifier(functionOf(platform))] })],
  ['an alias for changes of status', (platform) => ({ notifiers: [new FunctionNotifier(functionOf(platform).addAlias('live'))] })],
  ['an encrypted queue for changes of status', (platform) => ({ notifiers: [new QueueNotifier(encryptedQueue(platform))] })],
  ['a topic for changes of status', (platform) => ({ notifiers: [new TopicNotifier(new sns.Topic(platform, 'Topic', { masterKey: keyOf(platform) }))] })],
  ['the key of everything', (platform) => ({
    encryptionKey: keyOf(platform),
    statusFeed: {},
    intakes: [new HttpIntake(), new WebSocketIntake(), new QueueIntake(), new EventIntake({ eventPattern: { source: ['shop'] } })],
    alertTargets: [new SlackAlert(secretsmanager.Secret.fromSecretNameV2(platform, 'Secret', 'slack'))],
  })],
  ['the queue of an intake', (platform) => ({
    intakes: [new QueueIntake({ queue: new sqs.Queue(platform, 'Queue', { encryptionMasterKey: keyOf(platform), visibilityTimeout: Duration.minutes(5) }) })],
  })],
  ['what steps call', (platform) => ({
    steps: [new ValidateOrder(), new InvokeFunction({ stepName: 'Check', handler: functionOf(platform), acceptedStatus: 'CHECKED' })],
    closingSteps: [new EnqueueOrder({ queue: encryptedQueue(platform) })],
  })],
];

describe.each([
  ['of any account', undefined],
  ['of one account', { account: '111111111111', region: 'eu-central-1' }],
])('a workflow in a stack %s', (_name, env) => {
  test.each(RESOURCES)('can be given, from another stack, %s', (_what, props) => {
    expect(() => synthesized(props, stacks(env))).not.toThrow();
  });
});

test('the subscription of a queue of another stack has the dead-letter queue of its target', () => {
  const { platform, shop } = synthesized((stack) => ({ alertTargets: [new QueueAlert(new sqs.Queue(stack, 'Queue'))] }));

  shop.resourceCountIs('AWS::SNS::Subscription', 0);
  platform.hasResourceProperties('AWS::SNS::Subscription', {
    Endpoint: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Queue'), 'Arn'] },
    RawMessageDelivery: true,
    RedrivePolicy: { deadLetterTargetArn: { 'Fn::ImportValue': Match.stringLikeRegexp('AlertTargetsQueueDeadLetters') } },
  });
});

test('two workflows can have one queue of another stack as their target', () => {
  const { app, platform, shop } = stacks();
  const queue = new sqs.Queue(platform, 'Queue');
  new OrderProcessingWorkflow(shop, 'Orders', { alertTargets: [new QueueAlert(queue)] });
  new OrderProcessingWorkflow(new Stack(app, 'Tills'), 'Orders', { alertTargets: [new QueueAlert(queue)] });
  app.synth();

  Template.fromStack(platform).resourceCountIs('AWS::SNS::Subscription', 2);
});

describe('a function of another stack that is notified', () => {
  const notified = (handler: (platform: Stack) => lambda.IFunction) => synthesized((platform) => ({
    encryptionKey: keyOf(platform), notifiers: [new FunctionNotifier(handler(platform))],
  }));
  const TO_DEAD_LETTERS = {
    MaximumRetryAttempts: 2,
    MaximumEventAgeInSeconds: 21_600,
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('NotifiersFunctionDeadLetters'), 'Arn'] } } },
  };

  test('sends what it fails at to the dead-letter queue, which its role may do before', () => {
    const { shop } = notified(functionOf);
    const [policyId] = Object.keys(shop.findResources('AWS::IAM::Policy', {
      Properties: { Roles: [{ 'Fn::ImportValue': Match.stringLikeRegexp('ReceiverServiceRole') }] },
    }));

    expect(shop.toJSON().Resources[policyId].Properties.PolicyDocument.Statement.map(({ Action }: any) => Action))
      .toEqual(['sqs:SendMessage', ['kms:Decrypt', 'kms:GenerateDataKey']]);
    shop.hasResource('AWS::Lambda::EventInvokeConfig', { Properties: { Qualifier: '$LATEST', ...TO_DEAD_LETTERS }, DependsOn: [policyId] });
  });

  test('does so by its alias, if that is notified', () => {
    const { shop } = notified((platform) => functionOf(platform).addAlias('live'));

    shop.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { Qualifier: Match.not('$LATEST'), ...TO_DEAD_LETTERS });
  });

  test('is configured by the first of its notifiers', () => {
    const { shop } = synthesized((platform) => {
      const receiver = functionOf(platform);
      return {
        notifiers: [new FunctionNotifier(receiver, { statuses: ['VALID'] }), new FunctionNotifier(receiver, { notifierName: 'Done', statuses: ['COMPLETED'] })],
      };
    });

    shop.resourcePropertiesCountIs('AWS::Lambda::EventInvokeConfig', TO_DEAD_LETTERS, 1);
    shop.resourcePropertiesCountIs('AWS::Lambda::EventInvokeConfig', { FunctionName: { 'Fn::ImportValue': Match.anyValue() } }, 1);
  });
});

describe('an imported function that is notified', () => {
  const arn = 'arn:aws:lambda:eu-central-1:111111111111:function:receiver';
  const env = { account: '111111111111', region: 'eu-central-1' };

  test('without its role is invoked, and a warning says where its failures do not go', () => {
    const made = stacks(env);
    const { shop } = synthesized(() => ({ notifiers: [new FunctionNotifier(lambda.Function.fromFunctionArn(made.shop, 'Receiver', arn))] }), made);

    shop.hasResourceProperties('AWS::Events::Rule', { Targets: [Match.objectLike({ Arn: arn })] });
    shop.hasResourceProperties('AWS::Lambda::Permission', { FunctionName: arn, Principal: 'events.amazonaws.com' });
    Annotations.fromStack(made.shop).hasWarning('*', Match.stringLikeRegexp('Shop/Receiver is imported without its role, .*: import it with '));
  });

  test('with its role sends what it fails at to the dead-letter queue', () => {
    const made = stacks(env);
    const { shop } = synthesized(() => ({
      notifiers: [new FunctionNotifier(lambda.Function.fromFunctionAttributes(made.shop, 'Receiver', {
        functionArn: arn, role: iam.Role.fromRoleName(made.shop, 'Role', 'receiver'),
      }))],
    }), made);

    shop.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { FunctionName: 'receiver', MaximumRetryAttempts: 2 });
    shop.hasResourceProperties('AWS::IAM::Policy', { Roles: ['receiver'] });
  });
});

describe('what no stack can do is refused with the remedy:', () => {
  test('changes of status for an unencrypted queue of another stack', () => {
    expect(() => synthesized((platform) => ({ notifiers: [new QueueNotifier(new sqs.Queue(platform, 'Queue'))] }))).toThrow(
      /the queue Platform\/Queue is in another stack and has no KMS key, .*: set encryptionMasterKey of the queue, make it in the stack of the workflow, or import it/);
  });

  test('changes of status for a function whose stack depends on that of the workflow', () => {
    const made = stacks();
    made.platform.addDependency(made.shop);
    expect(() => synthesized((platform) => ({ notifiers: [new FunctionNotifier(functionOf(platform))] }), made)).toThrow(
      /the stack of the function Platform\/Receiver depends on that of the workflow, .*: make a rule in the stack of the function/);
  });

  test('alerts for a function whose stack depends on that of the workflow', () => {
    const made = stacks();
    made.platform.addDependency(made.shop);
    expect(() => synthesized((platform) => ({ alertTargets: [new FunctionAlert(functionOf(platform))] }), made)).toThrow(
      /the stack of the function Platform\/Receiver depends on that of the workflow, .*: use SubscriptionAlert with a LambdaSubscription/);
  });

  test.each<[string, (platform: Stack) => QueueAlert | SubscriptionAlert]>([
    ['queue', (platform) => new QueueAlert(new sqs.Queue(platform, 'Queue'), { targetName: 'Target' })],
    ['function', (platform) => new SubscriptionAlert(new subscriptions.LambdaSubscription(functionOf(platform)), { targetName: 'Target' })],
  ])('alerts for a %s in a stack that the workflow depends on', (_kind, target) => {
    const made = stacks();
    made.shop.addDependency(made.platform);
    expect(() => synthesized((platform) => ({ alertTargets: [target(platform)] }), made)).toThrow(
      /the receiver of Target is in a stack that the stack of the workflow depends on, .*: remove that dependency/);
  });
});

test('the stack of the workflow can depend on that of a function for alerts', () => {
  const made = stacks();
  made.shop.addDependency(made.platform);
  expect(() => synthesized((platform) => ({ alertTargets: [new FunctionAlert(functionOf(platform))] }), made)).not.toThrow();
});

test('the stack of a function that subscribes can depend on that of the workflow', () => {
  const made = stacks();
  made.platform.addDependency(made.shop);
  expect(() => synthesized((platform) => ({
    alertTargets: [new SubscriptionAlert(new subscriptions.LambdaSubscription(functionOf(platform)))],
  }), made)).not.toThrow();
});
