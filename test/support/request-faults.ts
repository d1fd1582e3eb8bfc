import { Readable } from 'node:stream';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

type Handler = DynamoDBClient['config']['requestHandler'];
type Request = Parameters<Handler['handle']>[0];
type Reply = Awaited<ReturnType<Handler['handle']>>;

/** What happens to one request: it is delivered or not, and its response is lost or replaced. */
export type Fault = (deliver: () => Promise<Reply>) => Promise<Reply>;

/** Records the requests of a client, and injects faults into the next requests of an operation. */
export class RequestFaults {
  /** The operations in the order in which they were sent. */
  public readonly sent: string[] = [];
  /** The input of each operation. */
  public readonly inputs: Array<Record<string, any>> = [];
  private readonly faults = new Map<string, Fault[]>();

  public constructor(client: DynamoDBClient) {
    const handler = client.config.requestHandler;
    const handle = handler.handle.bind(handler);
    handler.handle = (async (request: Request, options?: Parameters<Handler['handle']>[1]) => {
      const operation = String(request.headers['x-amz-target']).split('.')[1];
      this.sent.push(operation);
      this.inputs.push(JSON.parse(new TextDecoder().decode(request.body)));
      const fault = this.faults.get(operation)?.shift();
      const deliver = async () => handle(request, options);
      return fault ? fault(deliver) : deliver();
    }) as Handler['handle'];
  }

  /** Injects these faults into the next requests of the operation, in order. */
  public next(operation: string, ...faults: Fault[]): void {
    this.faults.set(operation, [...this.faults.get(operation) ?? [], ...faults]);
  }

  public count(operation: string): number {
    return this.sent.filter(sent => sent === operation).length;
  }
}

/** The request is carried out, and its response is lost. */
export const responseLost: Fault = async deliver => {
  const { response } = await deliver();
  // The connection is reused, so the unread response must be drained.
  (response.body as Readable).resume();
  throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
};

/** No fault. */
export const arrives: Fault = async deliver => deliver();

/** Another write happens before the request arrives. */
export const after = (event: () => Promise<unknown>): Fault => async deliver => {
  await event();
  return deliver();
};

/** The service responds with this, in the bytes of DynamoDB, and does nothing. */
export const answers = (status: number, body: Record<string, unknown>): Fault => async () => ({
  response: {
    statusCode: status,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: Readable.from([Buffer.from(JSON.stringify(body))]),
  },
} as unknown as Reply);

/** A transaction that is cancelled for these reasons, one per action. */
export const cancelledFor = (...codes: string[]): Fault => answers(400, {
  __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
  Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
  CancellationReasons: codes.map(Code => Code === 'None' ? { Code } : { Code, Message: MESSAGES[Code] }),
});

/** An error that a client retries. */
export const refusedWith = (name: string): Fault => answers(name === 'InternalServerError' ? 500 : 400, {
  __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: MESSAGES[name] ?? name,
});

const MESSAGES: Record<string, string> = {
  ConditionalCheckFailed: 'The conditional request failed',
  TransactionConflict: 'Transaction is ongoing for the item',
  TransactionConflictException: 'Transaction is ongoing for the item',
  ThrottlingError: 'Throughput exceeds the current capacity for one or more global secondary indexes.',
  ProvisionedThroughputExceeded: 'The level of configured provisioned throughput for the table was exceeded.',
  ValidationError: 'An operand in the update expression has an incorrect data type',
};
