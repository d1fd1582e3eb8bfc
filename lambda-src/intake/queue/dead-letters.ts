import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { REQUEST_TIMEOUTS } from '../../request-timeouts';

const LONGEST_REASON = 1_000;
// Characters that SQS does not accept in message attributes.
const UNSENDABLE = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** The dead-letter queue for messages that a retry cannot turn into an order. */
export class DeadLetters {
  public constructor(private readonly client: SQSClient, private readonly url: string) {}

  /** Sends the unchanged message, with the reason as an attribute. */
  public async send(record: SQSRecord, reason: string): Promise<void> {
    await this.client.send(new SendMessageCommand({
      QueueUrl: this.url,
      MessageBody: record.body,
      MessageAttributes: {
        reason: text([...reason.replace(UNSENDABLE, '?')].slice(0, LONGEST_REASON).join('')),
        originalMessageId: text(record.messageId),
        originalQueue: text(record.eventSourceARN),
      },
      // The dead-letter queue of a FIFO queue is a FIFO queue.
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
