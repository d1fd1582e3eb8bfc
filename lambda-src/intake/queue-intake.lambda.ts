import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { intakeOfEnvironment } from './intake-environment';
import { setting } from '../environment';
import { deadLettersAt } from './queue/dead-letters';
import { QueueIntake, receiveBatch } from './queue/receive-batch';

const queue: QueueIntake = { intake: intakeOfEnvironment().intake, deadLetters: deadLettersAt(setting('DEAD_LETTER_QUEUE_URL')) };

export const handler = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => receiveBatch(queue, Records);
