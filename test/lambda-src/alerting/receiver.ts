import { once } from 'node:events';
import { Server, createServer } from 'node:http';
import { AddressInfo } from 'node:net';

/** A response that the receiver gives without looking at the request. */
export interface CannedResponse {
  readonly status: number;
  readonly headers?: Record<string, string>;
}

type Block = Record<string, any>;

/** Slack's incoming webhooks and PagerDuty's Events API, with the limits of the real ones. */
export class Receiver {
  public static async open(): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.server.listen(0, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  /** The bodies that were accepted. */
  public accepted: Array<Record<string, any>> = [];
  /** The number of requests. */
  public requests = 0;
  /** The responses to the next requests; 'reset' closes the connection instead. */
  public nextResponses: Array<CannedResponse | 'reset'> = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      this.requests++;
      const canned = this.nextResponses.shift();
      if (canned === 'reset') {
        request.socket.destroy();
        return;
      }
      const { status, headers } = canned ?? this.respond(request.url!, Buffer.concat(chunks).toString(), String(request.headers['content-type']));
      response.writeHead(status, headers).end('a response body');
    });
  }

  public get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public reset(): void {
    Object.assign(this, { accepted: [], requests: 0, nextResponses: [] });
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private respond(path: string, text: string, contentType: string): CannedResponse {
    const body = contentType === 'application/json' && JSON.parse(text);
    const isValid = path === '/v2/enqueue' ? isEvent(body) : path.startsWith('/services/') && isMessage(body);
    if (isValid) this.accepted.push(body);
    return { status: !isValid ? 400 : path === '/v2/enqueue' ? 202 : 200 };
  }
}

export const RECEIVER_PATH = { Slack: '/services/T000/B000/XXXX', PagerDuty: '/v2/enqueue' };

function isMessage({ text, blocks }: Block): boolean {
  return isText(text, 40_000) && Array.isArray(blocks) && blocks.length >= 1 && blocks.length <= 50 && blocks.every(isBlock);
}

function isBlock({ type, text, fields, elements }: Block): boolean {
  switch (type) {
    case 'header': return text.type === 'plain_text' && isTextObject(text, 150);
    case 'section': return fields
      ? fields.length >= 1 && fields.length <= 10 && fields.every((field: Block) => isTextObject(field, 2_000))
      : isTextObject(text, 3_000);
    case 'context': return elements.length >= 1 && elements.length <= 10 && elements.every((element: Block) => isTextObject(element, 3_000));
    default: return false;
  }
}

function isTextObject({ type, text, emoji, ...rest }: Block, length: number): boolean {
  return ['plain_text', 'mrkdwn'].includes(type) && isText(text, length) && (type === 'plain_text' || emoji === undefined)
    && Object.keys(rest).length === 0;
}

function isText(text: unknown, length: number): boolean {
  return typeof text === 'string' && text.length >= 1 && text.length <= length;
}

function isEvent({ routing_key, event_action, dedup_key, links, payload }: Block): boolean {
  return /^[0-9a-zA-Z]{32}$/.test(routing_key) && ['trigger', 'acknowledge', 'resolve'].includes(event_action) && isText(dedup_key, 255)
    && links.every(({ href, text }: Block) => URL.canParse(href) && isText(text, 255))
    && isText(payload.summary, 1_024) && isText(payload.source, 1_024) && ['critical', 'error', 'warning', 'info'].includes(payload.severity)
    && !Number.isNaN(Date.parse(payload.timestamp)) && typeof payload.custom_details === 'object';
}
