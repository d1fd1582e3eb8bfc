import { Message } from './queue';
import { JsonObject } from '../../json';

export function systemAttributes(message: Message): Record<string, string> {
  return {
    SenderId: 'local',
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(message.deadLetterSource && { DeadLetterQueueSourceArn: message.deadLetterSource }),
  };
}

/** A message as ReceiveMessage answers it. */
export function asReceived(message: Message): JsonObject {
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt!,
    Body: message.body,
    MD5OfBody: message.md5,
    Attributes: systemAttributes(message),
    ...(Object.keys(message.attributes).length > 0 && { MessageAttributes: message.attributes }),
  };
}

/** A message as a function gets it from its event source mapping. */
export function asRecord(message: Message, queueArn: string): JsonObject {
  return {
    messageId: message.id,
    receiptHandle: message.receipt!,
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(Object.entries(message.attributes).map(([name, attribute]) => {
      const { StringValue, BinaryValue, DataType } = attribute as JsonObject;
      return [name, {
        ...(StringValue !== undefined && { stringValue: StringValue }),
        ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      }];
    })),
    md5OfBody: message.md5,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3],
  };
}
