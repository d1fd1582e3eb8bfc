import { Match } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import { EventIntake } from '../../src';
import { expectAlarm, intakeFixture } from '../support/intakes';
import { newStack } from '../support/workflow';

describe('the rule of an EventIntake', () => {
  test('matches the events of the bus, and has a dead-letter queue with an alarm', () => {
    const stack = newStack();
    const eventBus = new events.EventBus(stack, 'Bus');
    const taken = intakeFixture(() => [new EventIntake({ eventBus, eventPattern: { source: ['shop'], detailType: ['OrderPlaced'] } })], {}, stack);
    const deadLetters = { 'Fn::GetAtt': [Match.stringLikeRegexp('^OrdersIntakesEventDeadLetters'), 'Arn'] };

    taken.template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: stack.resolve(eventBus.eventBusName),
      EventPattern: { 'source': ['shop'], 'detail-type': ['OrderPlaced'] },
      Targets: [Match.objectLike({ DeadLetterConfig: { Arn: deadLetters }, RetryPolicy: { MaximumEventAgeInSeconds: 21_600 } })],
    });
    taken.template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600, DestinationConfig: { OnFailure: { Destination: deadLetters } },
    });
    expectAlarm(taken, /EventDeadLetters/);
  });

  test.each([[{}], [{ source: [] }], [{ account: ['111111111111'] }]])('is refused if it would match every event: %j', (eventPattern) => {
    expect(() => new EventIntake({ eventPattern })).toThrow(/neither source nor detailType, so every event would be received as an order: set one/);
  });
});
