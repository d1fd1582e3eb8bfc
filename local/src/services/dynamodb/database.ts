import { Agent, request } from 'node:http';
import { CloudClosed } from '../../cloud-closed';
import { Json, JsonObject } from '../../json';
import { ConnectionLost, ServiceError } from '../service-error';

const API = { DynamoDB: 'DynamoDB_20120810', Streams: 'DynamoDBStreams_20120810' } as const;
/** The database looks at the form of a signature, not at the signature. */
const AUTHORIZATION = 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

/** Speaks to the database that stands in for DynamoDB. */
export class Database {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 32 });
  private readonly underWay = new Set<Promise<unknown>>();
  private closed = false;

  constructor(private readonly url: string) {}

  public call<T extends Json = JsonObject>(operation: string, input: JsonObject): Promise<T> {
    return this.send(`${API.DynamoDB}.${operation}`, input) as Promise<T>;
  }

  public callStreams<T extends Json = JsonObject>(operation: string, input: JsonObject): Promise<T> {
    return this.send(`${API.Streams}.${operation}`, input) as Promise<T>;
  }

  /** Takes no more calls; its connections are closed when the last one has its answer. */
  public async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.underWay);
    this.agent.destroy();
  }

  private async send(target: string, input: JsonObject): Promise<Json> {
    if (this.closed) {
      throw new CloudClosed();
    }
    const answered = this.exchange(target, JSON.stringify(input));
    this.underWay.add(answered);
    try {
      const { status, answer } = await answered;
      if (status !== 200) {
        throw asServiceError(answer, status);
      }
      return answer;
    } finally {
      this.underWay.delete(answered);
    }
  }

  private async exchange(target: string, body: string): Promise<{ status: number; answer: JsonObject }> {
    try {
      const { status, text } = await this.post(target, body);
      return { status, answer: JSON.parse(text || '{}') as JsonObject };
    } catch {
      throw new ConnectionLost();
    }
  }

  private post(target: string, body: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const outgoing = request(this.url, {
        method: 'POST',
        agent: this.agent,
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'content-length': Buffer.byteLength(body),
          'x-amz-target': target,
          'x-amz-date': '20260101T000000Z',
          'authorization': AUTHORIZATION,
        },
      }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 500, text: Buffer.concat(chunks).toString('utf8') }));
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
}

function asServiceError({ __type, message, Message, ...details }: JsonObject, status: number): ServiceError {
  const type = String(__type ?? 'InternalServerError');
  return new ServiceError(type.slice(type.indexOf('#') + 1), String(message ?? Message ?? ''), status, details);
}
