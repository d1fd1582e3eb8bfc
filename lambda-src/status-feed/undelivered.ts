import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Budget } from './budget';
import { isOrderId } from '../order/order-contract';
import { REQUEST_TIMEOUTS } from '../request-timeouts';

/** A message that was not delivered. It holds no status: by the time of the redrive, there may be a newer one. */
export interface Undelivered {
  readonly orderId: string;
  readonly version: number;
  readonly connectionId: string;
}

/** A message of the queue, with its receipt. Without `undelivered`, it was not sent by the publisher. */
export interface QueuedMessage {
  readonly undelivered?: Undelivered;
  readonly receipt: string;
}

/** The dead-letter queue of the feed. */
export class UndeliveredQueue {
  public constructor(private readonly client: SQSClient, private readonly url: string) {}

  public async send(budget: Budget, undelivered: Undelivered): Promise<void> {
    const command = new SendMessageCommand({ QueueUrl: this.url, MessageBody: JSON.stringify(undelivered) });
    await budget.spend(() => this.client.send(command));
  }

  /** Receives up to ten messages; none if no more are visible. */
  public async receive(budget: Budget, most: number): Promise<QueuedMessage[]> {
    const command = new ReceiveMessageCommand({
      // Short polling queries some of the servers and can return nothing; long polling queries all.
      QueueUrl: this.url, MaxNumberOfMessages: Math.min(10, most), WaitTimeSeconds: 1,
    });
    const { Messages = [] } = await budget.spend(() => this.client.send(command));
    return Messages.map(({ Body, ReceiptHandle }) => ({ undelivered: parsed(Body), receipt: ReceiptHandle! }));
  }

  public async delete(budget: Budget, { receipt }: QueuedMessage): Promise<void> {
    const command = new DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle: receipt });
    await budget.spend(() => this.client.send(command));
  }
}

export function undeliveredQueueAt(url: string): UndeliveredQueue {
  return new UndeliveredQueue(new SQSClient({ maxAttempts: 1, requestHandler: REQUEST_TIMEOUTS }), url);
}

function parsed(body = ''): Undelivered | undefined {
  try {
    const value = JSON.parse(body);
    return isOrderId(value.orderId) && typeof value.connectionId === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
