import { Duration, RemovalPolicy, aws_lambda_event_sources as sources, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkBroughtQueue } from './brought-queue';
import { INTAKE_TIMEOUT, intakeFunction } from './intake-function';
import { IOrderIntake, OrderIntakeBindOptions } from './order-intake';
import { DeadLetterQueue } from '../private/dead-letter-queue';
import { ValidationError } from '../private/validation-error';
import { WatchList } from '../watch-list';

/** What AWS advises: a function that is throttled gets a message again before others do. */
const VISIBILITY = Duration.seconds(6 * INTAKE_TIMEOUT.toSeconds());

/**
 * Which queue orders come from.
 */
export interface QueueIntakeProps {
  /**
   * A queue of yours; its visibility time-out is at least 90 seconds.
   *
   * @default - a new queue
   */
  readonly queue?: sqs.IQueue;

  /**
   * How many batches are worked on at a time, from 2 to 1000.
   *
   * @default - as many as there are
   */
  readonly maxConcurrency?: number;

  /**
   * How often a message that fails is tried, when the queue is new.
   *
   * @default 5
   */
  readonly maxReceiveCount?: number;
}

/**
 * Takes orders from an SQS queue: its messages have the same body as HTTP requests.
 *
 * A message that can never be an order goes to the dead-letter queue, with the reason as an attribute.
 */
export class QueueIntake implements IOrderIntake {
  private made?: { queue: sqs.IQueue; deadLetterQueue: sqs.IQueue };

  /**
   * @param props which queue
   */
  constructor(private readonly props: QueueIntakeProps = {}) {
    if (props.queue && props.maxReceiveCount !== undefined) {
      throw new ValidationError('QueueIntake has a queue and a maxReceiveCount, which is for a new one: set it where the queue is made');
    }
  }

  /**
   * The queue, when the intake is part of a workflow.
   */
  public get queue(): sqs.IQueue {
    return this.parts().queue;
  }

  /**
   * Where messages are parked that could not become orders.
   */
  public get deadLetterQueue(): sqs.IQueue {
    return this.parts().deadLetterQueue;
  }

  public bind(scope: Construct, options: OrderIntakeBindOptions): void {
    if (this.props.queue) {
      checkBroughtQueue(scope, this.props.queue, VISIBILITY);
    }
    const { encryptionKey, removalPolicy = RemovalPolicy.RETAIN } = options;
    const deadLetterQueue = new DeadLetterQueue(scope, 'DeadLetters', {
      displayName: `${scope.node.id} intake`,
      description: 'Messages could not become orders',
      topic: options.failureTopic,
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
    const fn = intakeFunction(scope, options, {
      handler: 'queue-intake',
      description: 'Takes orders from a queue',
      environment: { DEAD_LETTER_QUEUE_URL: deadLetterQueue.queueUrl },
    });
    deadLetterQueue.grant(fn, 'sqs:SendMessage');
    encryptionKey?.grant(fn, 'kms:Decrypt', 'kms:GenerateDataKey');
    fn.addEventSource(new sources.SqsEventSource(queue, {
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: this.props.maxConcurrency,
    }));
    WatchList.of(scope).queue(`${scope.node.id} intake`, queue);
    this.made = { queue, deadLetterQueue };
  }

  private parts(): { queue: sqs.IQueue; deadLetterQueue: sqs.IQueue } {
    if (!this.made) {
      throw new ValidationError('this QueueIntake is not part of a workflow yet, so it has no queues: hand it to one first');
    }
    return this.made;
  }
}
