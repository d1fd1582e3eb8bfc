import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Budget } from './budget';
import { isOrderId } from '../order/order-contract';
import { REQUEST_TIMEOUTS } from '../request-timeouts';

/** A message that a connection did not take. The status is not kept: when it is sent again, there may be a newer one. */
export interface Undelivered {
  readonly orderId: string;
  readonly version: number;
  readonly connectionId: string;
}

/** A parked message, and the receipt with which it is taken off the queue. Without `undelivered`, it is none of ours. */
export interface Parked {
  readonly undelivered?: Undelivered;
  readonly receipt: string;
}

/** The dead-letter queue of the feed. */
export class UndeliveredQueue {
  public constructor(private readonly client: SQSClient, private readonly url: string) {}

  public async park(budget: Budget, undelivered: Undelivered): Promise<void> {
    const command = new SendMessageCommand({ QueueUrl: this.url, MessageBody: JSON.stringify(undelivered) });
    await budget.spend(() => this.client.send(command));
  }

  /** Up to ten; none if there are no more that nobody works on. */
  public async receive(budget: Budget, most: number): Promise<Parked[]> {
    const command = new ReceiveMessageCommand({
      // A short poll asks some of the servers and can come back empty; a wait, however short, asks all.
      QueueUrl: this.url, MaxNumberOfMessages: Math.min(10, most), WaitTimeSeconds: 1,
    });
    const { Messages = [] } = await budget.spend(() => this.client.send(command));
    return Messages.map(({ Body, ReceiptHandle }) => ({ undelivered: parsed(Body), receipt: ReceiptHandle! }));
  }

  public async drop(budget: Budget, { receipt }: Parked): Promise<void> {
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
