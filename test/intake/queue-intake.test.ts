import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EventIntake, QueueIntake } from '../../src';
import { environmentOf, expectAlarm, intakeFixture } from '../support/intakes';
import { newStack } from '../support/workflow';

const PLACE = '/Shop/Orders/Intakes/';

/** The deletion and replacement policies of the queues whose ids begin like this. */
function policies(template: Template, prefix: string): { [id: string]: unknown } {
  const queues = Object.entries(template.findResources('AWS::SQS::Queue')).filter(([id]) => id.startsWith(prefix));
  return Object.fromEntries(queues.map(([id, { DeletionPolicy, UpdateReplacePolicy }]) => [
    id.slice(prefix.length).replace(/[0-9A-F]{8}$/, ''), [DeletionPolicy, UpdateReplacePolicy],
  ]));
}

test.each([
  ['are retained by default', undefined, 'Retain'],
  ['have the removalPolicy of the workflow', RemovalPolicy.DESTROY, 'Delete'],
])('queues that hold orders of an intake %s', (_what, removalPolicy, policy) => {
  const { template } = intakeFixture(() => [new QueueIntake(), new EventIntake({ eventPattern: { source: ['shop'] } })], { removalPolicy });

  expect(policies(template, 'OrdersIntakes')).toEqual({
    Queue: [policy, policy], QueueDeadLetters: [policy, policy], EventDeadLetters: [policy, policy],
  });
});

describe('the queue of a QueueIntake', () => {
  test('is new, encrypted and TLS only, with a dead-letter queue after five receives and an alarm', () => {
    const taken = intakeFixture(() => [new QueueIntake()]);

    taken.template.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 90,
      SqsManagedSseEnabled: true,
      RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^OrdersIntakesQueueDeadLetters'), 'Arn'] } },
    });
    taken.template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: Match.absent(),
    });
    taken.template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: Match.objectLike({
        Statement: [Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
      }),
    });
    expectAlarm(taken, /QueueDeadLetters/);
    expect(environmentOf(taken).DEAD_LETTER_QUEUE_URL).toEqual({ Ref: expect.stringMatching(/^OrdersIntakesQueueDeadLetters/) });
  });

  test('has the configured concurrency and receive count', () => {
    const { template } = intakeFixture(() => [new QueueIntake({ maxConcurrency: 7, maxReceiveCount: 2 })]);

    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { ScalingConfig: { MaximumConcurrency: 7 } });
    template.hasResourceProperties('AWS::SQS::Queue', { RedrivePolicy: Match.objectLike({ maxReceiveCount: 2 }) });
  });

  test('can be an existing one, and then none is created', () => {
    const stack = newStack();
    const deadLetterQueue = { queue: new sqs.Queue(stack, 'DeadLetters'), maxReceiveCount: 3 };
    const queue = new sqs.Queue(stack, 'Existing', { visibilityTimeout: Duration.seconds(90), deadLetterQueue });
    const intake = new QueueIntake({ queue });
    const { template } = intakeFixture(() => [intake], {}, stack);

    expect(intake.queue === queue).toBe(true);
    expect(intake.deadLetterQueue.node.path).toBe('Shop/Orders/Intakes/Queue/DeadLetters');
    const made = Object.keys(template.findResources('AWS::SQS::Queue')).filter((id) => id.startsWith('OrdersIntakes'));
    expect(made).toEqual([expect.stringContaining('DeadLetters')]);
    Annotations.fromStack(stack).hasNoWarning(`${PLACE}Queue`, Match.anyValue());
  });

  test.each([
    ['30, the default of SQS', undefined, 30], ['too short', Duration.seconds(89), 89],
  ])('is refused if it exists with a visibility timeout that is %s', (_what, visibilityTimeout, seconds) => {
    const stack = newStack();
    const queue = new sqs.Queue(stack, 'Existing', { visibilityTimeout });

    expect(() => intakeFixture(() => [new QueueIntake({ queue })], {}, stack)).toThrow(
      `the queue Shop/Existing has a visibilityTimeout of ${seconds} seconds, so an order could be processed twice at the same time: set it to 90 or more`,
    );
  });

  test('is not checked if it is imported', () => {
    const stack = newStack();
    const queue = sqs.Queue.fromQueueArn(stack, 'Imported', 'arn:aws:sqs:eu-central-1:111111111111:imported');
    const { template } = intakeFixture(() => [new QueueIntake({ queue })], {}, stack);

    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn:aws:sqs:eu-central-1:111111111111:imported' });
    Annotations.fromStack(stack).hasNoWarning(`${PLACE}Queue`, Match.anyValue());
  });

  test('has a warning if it exists without a dead-letter queue', () => {
    const stack = newStack();
    const queue = new sqs.Queue(stack, 'Existing', { visibilityTimeout: Duration.minutes(2) });
    intakeFixture(() => [new QueueIntake({ queue })], {}, stack);

    Annotations.fromStack(stack).hasWarning(`${PLACE}Queue`, Match.stringLikeRegexp('the queue Shop/Existing has no dead-letter queue'));
  });

  test('has the receive count of its own redrive policy if it exists', () => {
    const queue = new sqs.Queue(newStack(), 'Existing');
    expect(() => new QueueIntake({ queue, maxReceiveCount: 3 })).toThrow(/has an existing queue and a maxReceiveCount, which is for a new one/);
  });

  test('is refused before the intake is part of a workflow', () => {
    expect(() => new QueueIntake().queue).toThrow(/not part of a workflow yet, so it has no queues: pass it to a workflow first/);
    expect(() => new QueueIntake().deadLetterQueue).toThrow(/not part of a workflow yet/);
  });
});
