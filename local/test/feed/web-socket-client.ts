import { WebSocket } from 'ws';
import { FeedFixture } from './feed-fixture';
import { JsonObject } from '../../src';

/** A client of the feed that can send any message, and records what it receives. */
export class WebSocketClient {
  public static connect({ url }: Pick<FeedFixture, 'url'>, query = ''): Promise<WebSocketClient> {
    const socket = new WebSocketClient(new WebSocket(url + query));
    return new Promise((resolve, reject) => socket.socket.on('open', () => resolve(socket)).on('error', reject));
  }

  /** Every message that it received, as text. */
  public readonly received: string[] = [];
  public readonly closed: Promise<number>;
  private readonly waiting: Array<{ wanted: (text: string) => boolean; resolve: (text: string) => void }> = [];

  private constructor(public readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('message', (data: Buffer) => this.add(data.toString()));
  }

  public send(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Sends a message, and waits for the next one that arrives. */
  public request(message: object | string): Promise<string> {
    const answer = this.next(() => true);
    this.send(message);
    return answer;
  }

  public async subscribe(orderId: string, watchToken?: string): Promise<JsonObject> {
    const answer = this.next((text) => text.includes(`"${orderId}"`));
    this.send({ action: 'subscribe', orderId, watchToken });
    return JSON.parse(await answer) as JsonObject;
  }

  /** The first message of this order with this status, received already or still to come. */
  public async receives(orderId: string, status: string): Promise<JsonObject> {
    const wanted = (text: string) => text.includes(`"${orderId}"`) && text.includes(`"status":"${status}"`);
    return JSON.parse(this.received.find(wanted) ?? await this.next(wanted)) as JsonObject;
  }

  /** The statuses that it received: `order-1 COMPLETED`. */
  public get statuses(): string[] {
    return this.messages.filter(({ type }) => type === 'order.status').map(({ orderId, status }) => `${String(orderId)} ${String(status)}`);
  }

  public get messages(): JsonObject[] {
    return this.received.map((text) => JSON.parse(text) as JsonObject);
  }

  public close(): Promise<number> {
    this.socket.close();
    return this.closed;
  }

  private next(wanted: (text: string) => boolean): Promise<string> {
    return new Promise((resolve) => this.waiting.push({ wanted, resolve }));
  }

  private add(text: string): void {
    this.received.push(text);
    const index = this.waiting.findIndex(({ wanted }) => wanted(text));
    if (index >= 0) {
      this.waiting.splice(index, 1)[0].resolve(text);
    }
  }
}
