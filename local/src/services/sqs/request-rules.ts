import { Json, JsonObject } from '../../json';
import { ServiceError } from '../service-error';

const MOST_ENTRIES = 10;

/** Ranges that are not in the model: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html and others. */
const RANGES: Readonly<Record<string, { readonly min: number; readonly max: number; readonly reason: string }>> = {
  // `test_send_receive_max_number_of_messages`, `test_send_receive_wait_time_seconds` in tests/aws/services/sqs/test_sqs.snapshot.json of localstack/localstack.
  MaxNumberOfMessages: { min: 1, max: 10, reason: 'Must be between 1 and 10, if provided.' },
  WaitTimeSeconds: { min: 0, max: 20, reason: 'Must be >= 0 and <= 20, if provided.' },
  // The words of these two are assumed.
  VisibilityTimeout: { min: 0, max: 43_200, reason: 'Must be between 0 and 43200, if provided.' },
  DelaySeconds: { min: 0, max: 900, reason: 'DelaySeconds must be >= 0 and <= 900.' },
};

/** Refuses numbers that a queue does not accept. */
export function checkRanges(input: JsonObject): void {
  for (const [name, { min, max, reason }] of Object.entries(RANGES)) {
    const value = input[name] ?? min;
    if (Number(value) < min || Number(value) > max) {
      throw new ServiceError('InvalidParameterValue', `Value ${String(value)} for parameter ${name} is invalid. Reason: ${reason}`);
    }
  }
}

/** Refuses a batch as a whole: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html#API_SendMessageBatch_Errors */
export function checkBatch(entries: readonly JsonObject[]): void {
  if (entries.length === 0) {
    throw new ServiceError('EmptyBatchRequest', 'The batch request doesn\'t contain any entries.');
  }
  if (entries.length > MOST_ENTRIES) {
    throw new ServiceError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${entries.length}.`);
  }
  const ids = new Set<Json>();
  for (const { Id } of entries) {
    if (!/^[\w-]{1,80}$/.test(String(Id))) {
      throw new ServiceError('InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.');
    }
    if (ids.has(Id)) {
      throw new ServiceError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
    }
    ids.add(Id);
  }
}
