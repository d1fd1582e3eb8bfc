import { MappingSettings } from './mapping-settings';
import { isFifo } from '../../fifo';
import { Resource } from '../../resource';

/** How many messages of a queue one receive gives. */
const ONE_RECEIVE = 10;

/** Refuses batches that Lambda does not make of a queue's messages: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html */
export function checkBatch(resource: Resource, { sourceArn, batchSize, batchingWindowMs }: MappingSettings): void {
  if (isFifo(sourceArn) && batchingWindowMs > 0) {
    throw resource.refuse('MaximumBatchingWindowInSeconds', 'is refused: Batching window is not supported for FIFO queues', 'leave it out');
  }
  if (batchSize > ONE_RECEIVE && batchingWindowMs === 0) {
    const words = 'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10';
    throw resource.refuse('BatchSize', `is refused: ${words}`, isFifo(sourceArn) ? 'make it 10 at most' : 'set MaximumBatchingWindowInSeconds');
  }
}
