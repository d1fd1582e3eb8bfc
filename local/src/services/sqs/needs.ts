import { JsonObject } from '../../json';
import { keyNeeds } from '../access/key-needs';
import { need, NeedsOf, NeedTable } from '../access/need';
import { PolicyBook } from '../access/policy-book';

/**
 * What calls to SQS need.
 * Keys: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * @param arnOf the ARN of the queue that an input names
 */
export function sqsNeeds(book: PolicyBook, arnOf: (input: JsonObject) => string): NeedTable {
  const queue = (action: string, ...ofKey: string[]): NeedsOf => (input) => {
    const arn = arnOf(input);
    return [need(`sqs:${action}`, arn), ...keyNeeds(book, arn, ofKey, { 'kms:EncryptionContext:aws:sqs:arn': arn })];
  };
  const send = queue('SendMessage', 'GenerateDataKey', 'Decrypt');
  const remove = queue('DeleteMessage');
  return {
    SendMessage: send,
    SendMessageBatch: send,
    ReceiveMessage: queue('ReceiveMessage', 'Decrypt'),
    DeleteMessage: remove,
    DeleteMessageBatch: remove,
    ChangeMessageVisibility: queue('ChangeMessageVisibility'),
    GetQueueUrl: queue('GetQueueUrl'),
    GetQueueAttributes: queue('GetQueueAttributes'),
    PurgeQueue: queue('PurgeQueue'),
  };
}
