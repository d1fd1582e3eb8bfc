import { Agent, request } from 'node:http';
import { Json, JsonObject } from '../../json';
import { ConnectionLost, ServiceError } from '../service-error';

const API = { DynamoDB: 'DynamoDB_20120810', Streams: 'DynamoDBStreams_20120810' } as const;
/** The database looks at the form of a signature, not at the signature. */
const AUTHORIZATION = 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

/** Speaks to the database that stands in for DynamoDB. */
export class Database {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 32 });

  constructor(private readonly url: string) {}

  public call<T extends Json = JsonObject>(operation: string, input: JsonObject): Promise<T> {
    return this.send<T>(`${API.DynamoDB}.${operation}`, input);
  }

  public callStreams<T extends Json = JsonObject>(operation: string, input: JsonObject): Promise<T> {
    return this.send<T>(`${API.Streams}.${operation}`, input);
  }

  public close(): void {
    this.agent.destroy();
  }

  private send<T extends Json>(target: string, input: JsonObject): Promise<T> {
    const body = JSON.stringify(input);
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
        incoming.on('error', () => reject(new ConnectionLost()));
        incoming.on('end', () => {
          const answer = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as JsonObject;
          if (incoming.statusCode === 200) {
            resolve(answer as T);
          } else {
            reject(asServiceError(answer, incoming.statusCode ?? 500));
          }
        });
      });
      outgoing.on('error', () => reject(new ConnectionLost()));
      outgoing.end(body);
    });
  }
}

function asServiceError({ __type, message, Message, ...details }: JsonObject, status: number): ServiceError {
  const type = String(__type ?? 'InternalServerError');
  return new ServiceError(type.slice(type.indexOf('#') + 1), String(message ?? Message ?? ''), status, details);
}
