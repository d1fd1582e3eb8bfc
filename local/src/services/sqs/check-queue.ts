import { JsonObject } from '../../json';
import { isFifo } from '../fifo';
import { Resource } from '../resource';

/** Properties that only a FIFO queue has, with what SQS answers where another has them. */
export const FIFO_PROPERTIES: Readonly<Record<string, string>> = {
  ContentBasedDeduplication: 'Unknown Attribute ContentBasedDeduplication.',
  DeduplicationScope: 'You can specify the DeduplicationScope only when FifoQueue is set to true.',
  FifoThroughputLimit: 'You can specify the FifoThroughputLimit only when FifoQueue is set to true.',
};
const NAME = /^[\w-]{1,80}$/;
const FIFO_NAME = /^[\w-]{1,75}\.fifo$/;

/**
 * Refuses a queue that SQS does not create.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 * @param exists whether there is a queue of this ARN
 */
export function checkQueue(resource: Resource, exists: (arn: string) => boolean): void {
  const isFifoQueue = resource.get('FifoQueue') === true;
  checkName(resource, isFifoQueue);
  const property = isFifoQueue ? undefined : Object.keys(FIFO_PROPERTIES).find((one) => ![undefined, false].includes(resource.get(one)));
  if (property !== undefined) {
    throw resource.refuse(property, `is refused: ${FIFO_PROPERTIES[property]}`, 'leave it out, or set FifoQueue');
  }
  const redrive = resource.get<JsonObject>('RedrivePolicy');
  const deadLetterArn = redrive?.deadLetterTargetArn as string | undefined;
  if (deadLetterArn === undefined) {
    return;
  }
  const refused = `is refused: Value ${JSON.stringify(redrive)} for parameter RedrivePolicy is invalid. Reason:`;
  if (isFifo(deadLetterArn) !== isFifoQueue) {
    throw resource.refuse('RedrivePolicy', `${refused} Dead-letter queue must be same type of queue as the source.`, 'use a dead-letter queue of the same type');
  }
  if (!isFifoQueue && !exists(deadLetterArn)) {
    throw resource.refuse('RedrivePolicy', `${refused} Dead letter target does not exist.`, 'create the dead-letter queue in a stack of the app');
  }
}

function checkName(resource: Resource, isFifoQueue: boolean): void {
  const name = resource.get<string>('QueueName');
  if (name !== undefined && isFifoQueue && !FIFO_NAME.test(name)) {
    throw resource.refuse(
      'QueueName',
      'is refused: The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
      'end it with .fifo',
    );
  }
  if (name !== undefined && !isFifoQueue && !NAME.test(name)) {
    throw resource.refuse('QueueName', 'is refused: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length', 'give it another name');
  }
}
