import { Duration, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkExistingQueue } from './existing-queue';
import { INTAKE_TIMEOUT, intakeFunction } from './intake-function';
import { IOrderIntake } from './order-intake';
import { IOrderWorkflow } from '../order-workflow';
import { DeadLetterQueue } from '../private/dead-letter-queue';
import { grantSend } from '../private/grant-queue';
import { addQueueSource } from '../private/queue-source';
import { ValidationError } from '../private/validation-error';
import { WatchList } from '../watch-list';

/** Six times the timeout of the function, as AWS advises: time for the retries of a throttled batch. */
const VISIBILITY = Duration.seconds(6 * INTAKE_TIMEOUT.toSeconds());

/**
 * Properties for QueueIntake.
 */
export interface QueueIntakeProps {
  /**
   * The name of the intake.
   *
   * @default Queue
   */
  readonly intakeName?: string;

  /**
   * An existing queue; its visibility timeout is at least 90 seconds.
   *
   * @default - a new queue
   */
  readonly queue?: sqs.IQueue;

  /**
   * How many batches are processed at the same time, from 2 to 1000.
   *
   * @default - no limit
   */
  readonly maxConcurrency?: number;

  /**
   * How often a message of a new queue is received before it goes to the dead-letter queue.
   *
   * @default 5
   */
  readonly maxReceiveCount?: number;
}

/**
 * Receives orders from an SQS queue, whose messages have the same body as HTTP requests.
 *
 * A message that can never become an order goes to the dead-letter queue, with the reason as an attribute.
 */
export class QueueIntake implements IOrderIntake {
  /**
   * The name of the intake.
   */
  public readonly intakeName: string;

  private made?: { queue: sqs.IQueue; deadLetterQueue: sqs.IQueue };

  /**
   * @param props properties
   */
  constructor(private readonly props: QueueIntakeProps = {}) {
    if (props.queue && props.maxReceiveCount !== undefined) {
      throw new ValidationError('QueueIntake has an existing queue and a maxReceiveCount, which is for a new one: set it in the redrive policy of the queue');
    }
    this.intakeName = props.intakeName ?? 'Queue';
  }

  /**
   * The queue of the orders, once the intake is part of a workflow.
   */
  public get queue(): sqs.IQueue {
    return this.bound().queue;
  }

  /**
   * The dead-letter queue of the messages that could not become orders.
   */
  public get deadLetterQueue(): sqs.IQueue {
    return this.bound().deadLetterQueue;
  }

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    if (this.props.queue) {
      checkExistingQueue(scope, this.props.queue, VISIBILITY);
    }
    const { encryptionKey, removalPolicy } = workflow;
    const deadLetterQueue = new DeadLetterQueue(scope, 'DeadLetters', {
      displayName: `${this.intakeName} intake`,
      description: 'Messages could not become orders',
      topic: workflow.failureTopic,
      encryptionKey,
      removalPolicy,
    });
    const queue = this.props.queue ?? new sqs.Queue(scope, 'Queue', {
      visibilityTimeout: VISIBILITY,
      deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: this.props.maxReceiveCount ?? 5 },
      enforceSSL: true,
      encryption: encryptionKey ? sqs.QueueEncryption.KMS : sqs.QueueEncryption.SQS_MANAGED,
      encryptionMasterKey: encryptionKey,
      removalPolicy,
    });
    const fn = intakeFunction(scope, workflow, {
      handler: 'queue-intake',
      description: 'Receives orders from a queue',
      environment: { DEAD_LETTER_QUEUE_URL: deadLetterQueue.queueUrl },
    });
    grantSend(deadLetterQueue, fn);
    addQueueSource(fn, queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: this.props.maxConcurrency });
    WatchList.of(scope).queue(`${this.intakeName} intake`, queue);
    this.made = { queue, deadLetterQueue };
  }

  private bound(): { queue: sqs.IQueue; deadLetterQueue: sqs.IQueue } {
    if (!this.made) {
      throw new ValidationError('this QueueIntake is not part of a workflow yet, so it has no queues: pass it to a workflow first');
    }
    return this.made;
  }
}
