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

/** Places the orders of a batch. Only those that may succeed another time stay in the queue. */
export async function takeBatch(queue: QueueIntake, records: readonly SQSRecord[]): Promise<SQSBatchResponse> {
  const taken = await Promise.all(records.map(async record => isTaken(queue, record)));
  return { batchItemFailures: records.filter((_, index) => !taken[index]).map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** Whether the message is done with: its order is placed, or it lies with the dead letters. */
async function isTaken(queue: QueueIntake, record: SQSRecord): Promise<boolean> {
  try {
    await place(queue.intake, record).catch(async error => buryIfRefused(queue.deadLetters, record, error));
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

async function buryIfRefused(deadLetters: DeadLetters, record: SQSRecord, error: Error): Promise<void> {
  if (!(error instanceof Refusal)) throw error;
  await deadLetters.bury(record, error.message);
  logDone('a message was refused', { messageId: record.messageId, refusal: error.kind });
}
