import { IncomingMessage, ServerResponse } from 'node:http';

/** A request that has arrived whole. */
export interface ServiceRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  header(name: string): string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export async function receive(message: IncomingMessage): Promise<ServiceRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) {
    chunks.push(chunk as Buffer);
  }
  const [path, query = ''] = (message.url ?? '/').split(/\?(.*)/s, 2);
  return {
    method: message.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    body: Buffer.concat(chunks).toString('utf8'),
    header: (name) => message.headers[name] as string | undefined,
  };
}

export function send(response: ServerResponse, { status, headers = {}, body = '' }: Answer): void {
  response.sendDate = false;
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
  response.end(body);
}
