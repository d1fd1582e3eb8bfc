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
  private planned?: { readonly fault: Fault; readonly from: number; readonly to: number };

  public constructor(client: DynamoDBClient) {
    const handler = client.config.requestHandler;
    const handle = handler.handle.bind(handler);
    handler.handle = (async (request: Request, options?: Parameters<Handler['handle']>[1]) => {
      const operation = String(request.headers['x-amz-target']).split('.')[1];
      this.sent.push(operation);
      this.inputs.push(JSON.parse(new TextDecoder().decode(request.body)));
      const fault = this.faults.get(operation)?.shift() ?? this.plannedFault();
      const deliver = async () => handle(request, options);
      return fault ? fault(deliver) : deliver();
    }) as Handler['handle'];
  }

  /** Injects these faults into the next requests of the operation, in order. */
  public next(operation: string, ...faults: Fault[]): void {
    this.faults.set(operation, [...this.faults.get(operation) ?? [], ...faults]);
  }

  /** Injects a fault into one of the next calls, the first of which is 1, whatever their operations; and into all that follow if it persists. */
  public atCall(call: number, fault: Fault, persists = false): void {
    const from = this.sent.length + call;
    this.planned = { fault, from, to: persists ? Infinity : from };
  }

  /** Injects no fault any more. */
  public end(): void {
    this.faults.clear();
    this.planned = undefined;
  }

  public count(operation: string): number {
    return this.sent.filter(sent => sent === operation).length;
  }

  private plannedFault(): Fault | undefined {
    const { fault, from, to } = this.planned ?? {};
    const call = this.sent.length;
    return fault && call >= from! && call <= to! ? fault : undefined;
  }
}

/** The request is carried out, and its response is lost. */
export const responseLost: Fault = async deliver => {
  const { response } = await deliver();
  // The connection is reused, so the unread response must be drained.
  (response.body as Readable).resume();
  throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
};

/** The connection breaks before the request is sent, and the client cannot know that. */
export const notSent: Fault = async () => {
  throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
};

/** The client gives up on a request. It is carried out when the test says so. */
export const arrivesLate = (late: Array<() => Promise<unknown>>): Fault => async deliver => {
  late.push(async () => ((await deliver()).response.body as Readable).resume());
  throw Object.assign(new Error('the request timed out'), { name: 'TimeoutError' });
};

/** The request is carried out, and the service says that it failed. */
export const failsAfterwards: Fault = async deliver => {
  ((await deliver()).response.body as Readable).resume();
  return refusedWith('InternalServerError')(deliver);
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
