import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { DeadLetters } from './dead-letters';
import { logDone, logFailure, stopwatch } from '../../log';
import { Intake, placeOrder } from '../place-order';
import { Refusal } from '../refusal';
import { parsedText, submissionOf } from '../submission';

export interface QueueIntake {
  readonly intake: Intake;
  readonly deadLetters: DeadLetters;
}

/** Places the orders of a batch. Only messages that a retry can place stay in the queue. */
export async function receiveBatch(queue: QueueIntake, records: readonly SQSRecord[]): Promise<SQSBatchResponse> {
  const done = await Promise.all(records.map(async record => isDone(queue, record)));
  return { batchItemFailures: records.filter((_, index) => !done[index]).map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** Whether the order of the message is placed, or the message is on the dead-letter queue. */
async function isDone(queue: QueueIntake, record: SQSRecord): Promise<boolean> {
  try {
    await place(queue.intake, record).catch(async error => deadLetterIfRefused(queue.deadLetters, record, error));
    return true;
  } catch (error) {
    logFailure('a message stays in the queue', error, { messageId: record.messageId });
    return false;
  }
}

async function place(intake: Intake, { body, messageId, attributes }: SQSRecord): Promise<void> {
  const took = stopwatch();
  const sent = { order: parsedText(body), messageId: attributes.MessageDeduplicationId ?? messageId };
  const placed = await placeOrder(intake, submissionOf(sent, intake.defaults));
  logDone('an order was placed', { ...placed, messageId, ...took() });
}

async function deadLetterIfRefused(deadLetters: DeadLetters, record: SQSRecord, error: Error): Promise<void> {
  if (!(error instanceof Refusal)) throw error;
  await deadLetters.send(record, error.message);
  logDone('a message was rejected', { messageId: record.messageId, refusal: error.kind });
}
