import {
  Duration, RemovalPolicy, aws_events as events, aws_events_targets as targets, aws_iam as iam,
  aws_lambda_destinations as destinations,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { intakeFunction } from './intake-function';
import { IOrderIntake, OrderIntakeBindOptions } from './order-intake';
import { DeadLetterQueue } from '../private/dead-letter-queue';
import { ValidationError } from '../private/validation-error';

/**
 * Which events are orders.
 */
export interface EventIntakeProps {
  /**
   * The bus.
   *
   * @default - the account's default bus
   */
  readonly eventBus?: events.IEventBus;

  /**
   * Which events of the bus; the detail of each is an order.
   */
  readonly eventPattern: events.EventPattern;
}

/**
 * Takes orders from an event bus.
 */
export class EventIntake implements IOrderIntake {
  /**
   * @param props which events
   */
  constructor(private readonly props: EventIntakeProps) {
    if (!props.eventPattern.source?.length && !props.eventPattern.detailType?.length) {
      throw new ValidationError('eventPattern of EventIntake has neither source nor detailType, so every event would be taken for an order: give one');
    }
  }

  public bind(scope: Construct, options: OrderIntakeBindOptions): void {
    const deadLetterQueue = new DeadLetterQueue(scope, 'DeadLetters', {
      displayName: `${scope.node.id} intake`,
      description: 'Events could not become orders',
      topic: options.failureTopic,
      encryptionKey: options.encryptionKey,
      removalPolicy: options.removalPolicy ?? RemovalPolicy.RETAIN,
    });
    // A rule parks what it cannot deliver without a word where it may not use the key.
    options.encryptionKey?.grant(new iam.ServicePrincipal('events.amazonaws.com'), 'kms:Decrypt', 'kms:GenerateDataKey');
    const fn = intakeFunction(scope, options, { handler: 'event-intake', description: 'Takes orders from a bus' });
    fn.configureAsyncInvoke({ retryAttempts: 2, maxEventAge: Duration.hours(6), onFailure: new destinations.SqsDestination(deadLetterQueue) });
    new events.Rule(scope, 'Rule', {
      eventBus: this.props.eventBus,
      eventPattern: this.props.eventPattern,
      targets: [new targets.LambdaFunction(fn, { deadLetterQueue, maxEventAge: Duration.hours(6) })],
    });
  }
}
