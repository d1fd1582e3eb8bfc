import { Duration, aws_events as events, aws_events_targets as targets, aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { intakeFunction } from './intake-function';
import { IOrderIntake } from './order-intake';
import { IOrderWorkflow } from '../order-workflow';
import { DeadLetterQueue } from '../private/dead-letter-queue';
import { QueueDestination } from '../private/queue-destination';
import { ValidationError } from '../private/validation-error';

/**
 * Properties for EventIntake.
 */
export interface EventIntakeProps {
  /**
   * The name of the intake.
   *
   * @default Event
   */
  readonly intakeName?: string;

  /**
   * The event bus.
   *
   * @default - the default bus of the account
   */
  readonly eventBus?: events.IEventBus;

  /**
   * The events that are orders: the detail of each is one order.
   */
  readonly eventPattern: events.EventPattern;
}

/** How long a delivery is retried, by the rule and by Lambda. */
const MAX_EVENT_AGE = Duration.hours(6);

/**
 * Receives orders from an event bus.
 */
export class EventIntake implements IOrderIntake {
  /**
   * The name of the intake.
   */
  public readonly intakeName: string;

  /**
   * @param props properties
   */
  constructor(private readonly props: EventIntakeProps) {
    if (!props.eventPattern.source?.length && !props.eventPattern.detailType?.length) {
      throw new ValidationError('eventPattern of EventIntake has neither source nor detailType, so every event would be received as an order: set one');
    }
    this.intakeName = props.intakeName ?? 'Event';
  }

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    const { encryptionKey, removalPolicy } = workflow;
    const deadLetterQueue = new DeadLetterQueue(scope, 'DeadLetters', {
      displayName: `${this.intakeName} intake`,
      description: 'Events could not become orders',
      topic: workflow.failureTopic,
      encryptionKey,
      removalPolicy,
    });
    // Without the key, a rule cannot send to its dead-letter queue, and reports no error.
    encryptionKey?.grant(new iam.ServicePrincipal('events.amazonaws.com'), 'kms:Decrypt', 'kms:GenerateDataKey');
    const fn = intakeFunction(scope, workflow, { handler: 'event-intake', description: 'Receives orders from an event bus' });
    fn.configureAsyncInvoke({ retryAttempts: 2, maxEventAge: MAX_EVENT_AGE, onFailure: new QueueDestination(deadLetterQueue) });
    new events.Rule(scope, 'Rule', {
      eventBus: this.props.eventBus,
      eventPattern: this.props.eventPattern,
      targets: [new targets.LambdaFunction(fn, { deadLetterQueue, maxEventAge: MAX_EVENT_AGE })],
    });
  }
}
