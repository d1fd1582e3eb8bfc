import { isFifo } from '../fifo';
import { Resource } from '../resource';

const NAME = /^[\w-]{1,256}$/;
const FIFO_NAME = /^[\w-]{1,251}\.fifo$/;

/** Refuses a name that SNS does not take: https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
export function checkTopicName(resource: Resource): void {
  const name = resource.get<string>('TopicName');
  if (name === undefined) {
    return;
  }
  if (resource.get('FifoTopic') !== true) {
    if (!NAME.test(name)) {
      throw resource.refuse('TopicName', 'is refused: Invalid parameter: Topic Name', 'use letters, numbers, hyphens and underscores');
    }
  } else if (!FIFO_NAME.test(name)) {
    throw resource.refuse(
      'TopicName',
      'is refused: Invalid parameter: Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, '
      + 'numbers, underscores, and hyphens, and must be between 1 and 256 characters long.',
      'end it with .fifo',
    );
  }
}

/** A standard topic reaches standard queues only: https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-delivery.html */
export function checkEndpoint(resource: Resource, topicArn: string, endpoint: string): void {
  if (isFifo(endpoint) && !isFifo(topicArn)) {
    throw resource.refuse(
      'Endpoint', 'is refused: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics', 'subscribe a standard queue',
    );
  }
}
