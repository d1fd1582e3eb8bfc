import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { IncomingMessage, Server, ServerResponse, createServer } from 'node:http';
import { AddressInfo } from 'node:net';

/** The error that a service responds with instead of carrying out the request. */
export interface ServiceError {
  readonly status: number;
  readonly name: string;
}

/** A request of a function to AWS. */
export interface Call {
  readonly operation: string;
  readonly input: Record<string, any>;
}

/** Decides for each request whether it fails. */
export type FaultOf = (call: Call) => ServiceError | undefined;

export const THROTTLED: ServiceError = { status: 429, name: 'LimitExceededException' };
export const BROKEN: ServiceError = { status: 500, name: 'InternalServerError' };
export const GONE: ServiceError = { status: 410, name: 'GoneException' };

interface QueuedMessage {
  readonly body: string;
  readonly receipt: string;
  inFlight: boolean;
}

/** API Gateway's connections, EventBridge, one topic of SNS, one queue of SQS and one secret, as real clients of the SDK meet them over HTTP. */
export class AwsServices {
  public static async start(): Promise<AwsServices> {
    const services = new AwsServices();
    services.server.listen(0, '127.0.0.1');
    await once(services.server, 'listening');
    return services;
  }

  /** All requests, whether they succeeded or not. */
  public calls: Call[] = [];
  /** The messages that connections received, in order. */
  public posted: Array<{ connectionId: string; message: any }> = [];
  /** The events that the bus accepted. */
  public published: Array<Record<string, any>> = [];
  /** The notifications that the topic accepted. */
  public notifications: Array<{ topic: string; subject: string; message: any; attributes: Record<string, string> }> = [];
  public secret: string | undefined = 'the secret behind the tokens';
  private queue: QueuedMessage[] = [];
  private receipts = 0;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => { void this.serve(request, response); });
  }

  /** The fault of each request, if any. */
  public fault: FaultOf = () => undefined;
  /** The indexes of the entries that the bus does not accept. */
  public refusedEntries: (entries: readonly Record<string, any>[]) => number[] = () => [];
  public onPost: () => void = () => {};

  public get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The bodies of the messages in the queue. */
  public get queued(): any[] {
    return this.queue.map(({ body }) => JSON.parse(body));
  }

  public count(operation: string): number {
    return this.calls.filter(call => call.operation === operation).length;
  }

  /** The messages that a connection received. */
  public messagesTo(connectionId: string): any[] {
    return this.posted.filter(posted => posted.connectionId === connectionId).map(({ message }) => message);
  }

  public enqueue(...bodies: string[]): void {
    bodies.forEach(body => this.queue.push({ body, receipt: `receipt-${++this.receipts}`, inFlight: false }));
  }

  public reset(): void {
    Object.assign(this, {
      calls: [],
      posted: [],
      published: [],
      notifications: [],
      queue: [],
      secret: 'the secret behind the tokens',
      fault: () => undefined,
      refusedEntries: () => [],
      onPost: () => {},
    });
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call = callIn(request, Buffer.concat(chunks).toString());
    this.calls.push(call);
    const refusal = this.fault(call);
    if (refusal) {
      response.writeHead(refusal.status, { 'content-type': 'application/json', 'x-amzn-errortype': refusal.name });
      response.end(JSON.stringify({ __type: refusal.name, message: 'refused' }));
    } else if (call.operation === 'Publish') {
      this.notifications.push(notificationIn(call));
      response.setHeader('content-type', 'text/xml');
      response.end('<PublishResponse><PublishResult><MessageId>message-1</MessageId></PublishResult></PublishResponse>');
    } else {
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify(this.perform(call)));
    }
  }

  private perform({ operation, input }: Call): object {
    switch (operation) {
      case 'PostToConnection': return this.post(input);
      case 'PutEvents': return this.putEvents(input.Entries);
      case 'SendMessage': {
        this.enqueue(input.MessageBody);
        return { MessageId: 'message-1', MD5OfMessageBody: md5(input.MessageBody) };
      }
      case 'ReceiveMessage': return this.receive(input.MaxNumberOfMessages);
      case 'DeleteMessage': {
        this.queue = this.queue.filter(({ receipt }) => receipt !== input.ReceiptHandle);
        return {};
      }
      case 'GetSecretValue': return { ARN: input.SecretId, Name: 'secret', SecretString: this.secret };
      default: throw new Error(`unknown operation ${operation}`);
    }
  }

  private post({ connectionId, message }: Record<string, any>): object {
    this.posted.push({ connectionId, message });
    this.onPost();
    return {};
  }

  private putEvents(entries: Array<Record<string, any>>): object {
    const refused = this.refusedEntries(entries);
    this.published.push(...entries.filter((_, index) => !refused.includes(index)));
    return {
      FailedEntryCount: refused.length,
      Entries: entries.map((_, index) => refused.includes(index) ? { ErrorCode: 'InternalFailure', ErrorMessage: 'failed' } : { EventId: `event-${index}` }),
    };
  }

  private receive(most: number): object {
    const taken = this.queue.filter(({ inFlight }) => !inFlight).slice(0, most);
    taken.forEach(message => { message.inFlight = true; });
    return { Messages: taken.map(({ body, receipt }) => ({ Body: body, ReceiptHandle: receipt, MD5OfBody: md5(body), MessageId: receipt })) };
  }
}

function callIn(request: IncomingMessage, body: string): Call {
  const connection = /\/@connections\/([^/?]+)/.exec(request.url!);
  if (connection) return { operation: 'PostToConnection', input: { connectionId: decodeURIComponent(connection[1]), message: JSON.parse(body) } };
  if (request.headers['content-type'] === 'application/x-www-form-urlencoded') {
    const input = Object.fromEntries(new URLSearchParams(body));
    return { operation: input.Action, input };
  }
  return { operation: String(request.headers['x-amz-target']).split('.')[1], input: JSON.parse(body) };
}

function notificationIn({ input }: Call): AwsServices['notifications'][number] {
  const names = Object.keys(input).filter(key => /^MessageAttributes\.entry\.\d+\.Name$/.test(key));
  const attributes = names.map(key => {
    const value = key.replace(/Name$/, 'Value');
    const type = input[`${value}.DataType`];
    if (type !== 'String' && type !== 'String.Array') throw new Error(`the attribute ${input[key]} is neither text nor a list of texts`);
    return [input[key], input[`${value}.StringValue`]] as const;
  });
  return { topic: input.TopicArn, subject: input.Subject, message: JSON.parse(input.Message), attributes: Object.fromEntries(attributes) };
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
