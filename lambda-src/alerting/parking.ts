import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SNSEventRecord } from 'aws-lambda';
import { REQUEST_TIMEOUTS } from '../request-timeouts';

/** Where alerts wait for a person that their receiver refused. */
export class Parking {
  private readonly client = new SQSClient({ requestHandler: REQUEST_TIMEOUTS });

  public constructor(private readonly queueUrl: string) {}

  /** In the form in which Lambda parks what it gives up, so that all in the queue can be told again in one way. */
  public async park(record: SNSEventRecord, { name, message }: Error): Promise<void> {
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
