import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { REQUEST_TIMEOUTS } from '../../request-timeouts';

const LONGEST_REASON = 1_000;
// What the attributes of a message may not hold.
const UNSENDABLE = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** The queue for messages that no repetition can make an order of. */
export class DeadLetters {
  public constructor(private readonly client: SQSClient, private readonly url: string) {}

  /** Keeps the message as it came, with the reason why it is here. */
  public async bury(record: SQSRecord, reason: string): Promise<void> {
    await this.client.send(new SendMessageCommand({
      QueueUrl: this.url,
      MessageBody: record.body,
      MessageAttributes: {
        reason: text([...reason.replace(UNSENDABLE, '?')].slice(0, LONGEST_REASON).join('')),
        originalMessageId: text(record.messageId),
        originalQueue: text(record.eventSourceARN),
      },
      // The dead-letter queue of a FIFO queue is one itself.
      ...this.url.endsWith('.fifo') ? { MessageGroupId: record.attributes.MessageGroupId, MessageDeduplicationId: record.messageId } : {},
    }));
  }
}

export function deadLettersAt(url: string): DeadLetters {
  return new DeadLetters(new SQSClient({ requestHandler: REQUEST_TIMEOUTS }), url);
}

function text(value: string) {
  return { DataType: 'String', StringValue: value };
}
