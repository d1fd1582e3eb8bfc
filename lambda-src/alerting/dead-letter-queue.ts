import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SNSEventRecord } from 'aws-lambda';
import { REQUEST_TIMEOUTS } from '../request-timeouts';

/** The queue of the alerts that their receiver refused. */
export class DeadLetterQueue {
  private readonly client = new SQSClient({ requestHandler: REQUEST_TIMEOUTS });

  public constructor(private readonly queueUrl: string) {}

  /** Has the format of Lambda's own failure destination, so that all messages of the queue are redriven in one way. */
  public async send(record: SNSEventRecord, { name, message }: Error): Promise<void> {
    await this.client.send(new SendMessageCommand({
      QueueUrl: this.queueUrl,
      MessageBody: JSON.stringify({
        version: '1.0',
        timestamp: new Date().toISOString(),
        requestContext: { condition: 'Refused', approximateInvokeCount: 1 },
        requestPayload: { Records: [record] },
        responsePayload: { errorType: name, errorMessage: message },
      }),
    }));
  }
}
