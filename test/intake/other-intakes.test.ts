import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { WebSocketIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as events from 'aws-cdk-lib/aws-events';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EventIntake, HttpIntake, IOrderIntake, OrderIntakeBindOptions, OrderProcessingWorkflow, QueueIntake, ValidateOrder, WebSocketIntake } from '../../src';
import { environmentOf, takenIn } from '../support/intakes';
import { newStack } from '../support/workflow';

const PLACE = '/Shop/Orders/Intakes/';
const shopEvents = () => new EventIntake({ eventPattern: { source: ['shop'] } });

/** Alarms that tell the failure topic as soon as one message is parked in a queue that is named like this. */
function expectAlarm({ template }: ReturnType<typeof takenIn>, queue: RegExp): void {
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
  const alarm = alarms.find(({ Dimensions }) => queue.test(JSON.stringify(Dimensions)));
  expect(alarm).toMatchObject({
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Threshold: 1,
    EvaluationPeriods: 1,
    AlarmActions: [{ Ref: expect.stringMatching(/^OrdersAlertsTopic/) }],
  });
}

/** What becomes of the queues whose ids begin like this when the stack is deleted or they are replaced. */
function described(template: Template, prefix: string): { [id: string]: unknown } {
  const queues = Object.entries(template.findResources('AWS::SQS::Queue')).filter(([id]) => id.startsWith(prefix));
  return Object.fromEntries(queues.map(([id, { DeletionPolicy, UpdateReplacePolicy }]) => [
    id.slice(prefix.length).replace(/[0-9A-F]{8}$/, ''), [DeletionPolicy, UpdateReplacePolicy],
  ]));
}

test.each([
  ['are kept with the orders in them', undefined, 'Retain'],
  ['are deleted where the tables are', RemovalPolicy.DESTROY, 'Delete'],
])('queues that hold orders %s', (_what, removalPolicy, fate) => {
  const { template } = takenIn(() => [new QueueIntake(), shopEvents()], { removalPolicy });

  expect(described(template, 'OrdersIntakes')).toEqual({
    QueueIntakeQueue: [fate, fate], QueueIntakeDeadLetters: [fate, fate], EventIntakeDeadLetters: [fate, fate],
  });
});

describe('the queue', () => {
  test('is new: encrypted, without plain text, and parks what fails five times, which is told', () => {
    const taken = takenIn(() => [new QueueIntake()]);

    taken.template.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 90,
      SqsManagedSseEnabled: true,
      RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^OrdersIntakesQueueIntakeDeadLetters'), 'Arn'] } },
    });
    taken.template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: Match.absent(),
    });
    taken.template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: Match.objectLike({
        Statement: [Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
      }),
    });
    expectAlarm(taken, /QueueIntakeDeadLetters/);
    expect(environmentOf(taken).DEAD_LETTER_QUEUE_URL).toEqual({ Ref: expect.stringMatching(/^OrdersIntakesQueueIntakeDeadLetters/) });
  });

  test('is worked on by as many batches as is said, and tries as often', () => {
    const { template } = takenIn(() => [new QueueIntake({ maxConcurrency: 7, maxReceiveCount: 2 })]);

    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { ScalingConfig: { MaximumConcurrency: 7 } });
    template.hasResourceProperties('AWS::SQS::Queue', { RedrivePolicy: Match.objectLike({ maxReceiveCount: 2 }) });
  });

  test('can be one of yours, and then none is made', () => {
    const stack = newStack();
    const deadLetterQueue = { queue: new sqs.Queue(stack, 'Parked'), maxReceiveCount: 3 };
    const queue = new sqs.Queue(stack, 'Mine', { visibilityTimeout: Duration.seconds(90), deadLetterQueue });
    const intake = new QueueIntake({ queue });
    const { template } = takenIn(() => [intake], {}, stack);

    expect(intake.queue === queue).toBe(true);
    expect(intake.deadLetterQueue.node.path).toBe('Shop/Orders/Intakes/QueueIntake/DeadLetters');
    const made = Object.keys(template.findResources('AWS::SQS::Queue')).filter((id) => id.startsWith('OrdersIntakes'));
    expect(made).toEqual([expect.stringContaining('DeadLetters')]);
    Annotations.fromStack(stack).hasNoWarning(`${PLACE}QueueIntake`, Match.anyValue());
  });

  test.each([
    ['30, as SQS has it', undefined, 30], ['too short', Duration.seconds(89), 89],
  ])('of yours is refused when its visibility time-out is %s', (_what, visibilityTimeout, seconds) => {
    const stack = newStack();
    const queue = new sqs.Queue(stack, 'Mine', { visibilityTimeout });

    expect(() => takenIn(() => [new QueueIntake({ queue })], {}, stack)).toThrow(
      `the queue Shop/Mine has a visibilityTimeout of ${seconds} seconds, so an order could be taken twice at a time: give it at least 90`,
    );
  });

  test('of yours that was made elsewhere is taken as it is', () => {
    const stack = newStack();
    const queue = sqs.Queue.fromQueueArn(stack, 'Theirs', 'arn:aws:sqs:eu-central-1:111111111111:theirs');
    const { template } = takenIn(() => [new QueueIntake({ queue })], {}, stack);

    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn:aws:sqs:eu-central-1:111111111111:theirs' });
    Annotations.fromStack(stack).hasNoWarning(`${PLACE}QueueIntake`, Match.anyValue());
  });

  test('of yours that never parks anything is warned about', () => {
    const stack = newStack();
    const queue = new sqs.Queue(stack, 'Mine', { visibilityTimeout: Duration.minutes(2) });
    takenIn(() => [new QueueIntake({ queue })], {}, stack);

    Annotations.fromStack(stack).hasWarning(`${PLACE}QueueIntake`, Match.stringLikeRegexp('the queue Shop/Mine has no dead-letter queue'));
  });

  test('of yours has its own count of tries', () => {
    const queue = new sqs.Queue(newStack(), 'Mine');
    expect(() => new QueueIntake({ queue, maxReceiveCount: 3 })).toThrow(/has a queue and a maxReceiveCount, which is for a new one/);
  });

  test('cannot be reached before the intake is part of a workflow', () => {
    expect(() => new QueueIntake().queue).toThrow(/not part of a workflow yet, so it has no queues: hand it to one first/);
    expect(() => new QueueIntake().deadLetterQueue).toThrow(/not part of a workflow yet/);
  });
});

describe('the rule', () => {
  test('takes the events that are named from the bus that is named; what fails is parked, which is told', () => {
    const stack = newStack();
    const eventBus = new events.EventBus(stack, 'Bus');
    const taken = takenIn(() => [new EventIntake({ eventBus, eventPattern: { source: ['shop'], detailType: ['OrderPlaced'] } })], {}, stack);
    const parked = { 'Fn::GetAtt': [Match.stringLikeRegexp('^OrdersIntakesEventIntakeDeadLetters'), 'Arn'] };

    taken.template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: stack.resolve(eventBus.eventBusName),
      EventPattern: { 'source': ['shop'], 'detail-type': ['OrderPlaced'] },
      Targets: [Match.objectLike({ DeadLetterConfig: { Arn: parked }, RetryPolicy: { MaximumEventAgeInSeconds: 21_600 } })],
    });
    taken.template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600, DestinationConfig: { OnFailure: { Destination: parked } },
    });
    expectAlarm(taken, /EventIntakeDeadLetters/);
  });

  test.each([[{}], [{ source: [] }], [{ account: ['111111111111'] }]])('is refused when it would take every event: %j', (eventPattern) => {
    expect(() => new EventIntake({ eventPattern })).toThrow(/neither source nor detailType, so every event would be taken for an order: give one/);
  });
});

describe('the WebSocket routes', () => {
  test('are two more of the feed, which answer, behind its authorizer', () => {
    const { stack, template } = takenIn(() => [new WebSocketIntake()], { statusFeed: { authorizer: new WebSocketIamAuthorizer() } });

    for (const RouteKey of ['submitOrder', 'cancelOrder']) {
      template.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey, RouteResponseSelectionExpression: '$default' });
    }
    Annotations.fromStack(stack).hasNoWarning(`${PLACE}WebSocketIntake`, Match.anyValue());
  });

  test('are open to all where the feed has no authorizer, with a warning', () => {
    const { stack } = takenIn(() => [new WebSocketIntake()], { statusFeed: {} });

    Annotations.fromStack(stack).hasWarning(`${PLACE}WebSocketIntake`, Match.stringLikeRegexp('anybody can place orders for anybody over this WebSocket API'));
  });

  test('need a feed', () => {
    expect(() => takenIn(() => [new WebSocketIntake()])).toThrow(/needs the WebSocket API of the workflow: set statusFeed, \{\} for its defaults/);
  });
});

describe('resources', () => {
  const count = (intakes: IOrderIntake[]) => Object.keys(takenIn(() => intakes, { statusFeed: {} }).template.toJSON().Resources).length;
  const none = count([]);

  test.each<[string, number, IOrderIntake]>([
    ['HTTP', 16, new HttpIntake()], ['queue', 15, new QueueIntake()], ['event', 15, shopEvents()], ['WebSocket', 15, new WebSocketIntake()],
  ])('of the %s intake are at most %i, with the table of the locks', (_kind, most, intake) => {
    expect(count([intake]) - none).toBeLessThanOrEqual(most);
  });

  test('for the locks are one table, however many intakes there are', () => {
    const { workflow, template } = takenIn(() => [new HttpIntake(), new QueueIntake()]);

    template.resourcePropertiesCountIs('AWS::DynamoDB::Table', {
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expiration', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }, 1);
    expect(workflow.idempotencyTable).toBeDefined();
  });
});

test('a workflow can be given one more intake, and one that a user wrote', () => {
  const workflow = new OrderProcessingWorkflow(newStack(), 'Orders', { steps: [new ValidateOrder()], defaultCurrency: 'EUR' });
  const bound: [string, OrderIntakeBindOptions][] = [];
  workflow.addIntake('Fax', { bind: (scope, options) => { bound.push([scope.node.path, options]); } });

  const [[path, options]] = bound;
  expect(path).toBe('Shop/Orders/Intakes/Fax');
  expect(options.defaultCurrency).toBe('EUR');
  expect(options.ordersTable === workflow.ordersTable).toBe(true);
  expect(options.idempotencyTable === workflow.idempotencyTable).toBe(true);
  expect(options.failureTopic === workflow.alerts.topic).toBe(true);
});
