import { WebSocket } from 'ws';
import { FeedFixture } from './feed-fixture';
import { JsonObject } from '../../src';

/** A browser, as the feed sees one: it says what it likes, and remembers what it hears. */
export class Socket {
  public static connect({ url }: Pick<FeedFixture, 'url'>, query = ''): Promise<Socket> {
    const socket = new Socket(new WebSocket(url + query));
    return new Promise((resolve, reject) => socket.socket.on('open', () => resolve(socket)).on('error', reject));
  }

  /** Everything that it heard, word for word. */
  public readonly heard: string[] = [];
  public readonly closed: Promise<number>;
  private readonly waiting: Array<{ wanted: (text: string) => boolean; resolve: (text: string) => void }> = [];

  private constructor(public readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('message', (data: Buffer) => this.hear(data.toString()));
  }

  public say(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Says it, and waits for the next word that follows. */
  public ask(message: object | string): Promise<string> {
    const answer = this.next(() => true);
    this.say(message);
    return answer;
  }

  public async subscribe(orderId: string, watchToken?: string): Promise<JsonObject> {
    const answer = this.next((text) => text.includes(`"${orderId}"`));
    this.say({ action: 'subscribe', orderId, watchToken });
    return JSON.parse(await answer) as JsonObject;
  }

  /** The first word of this order with this status, heard already or still to come. */
  public async hears(orderId: string, status: string): Promise<JsonObject> {
    const wanted = (text: string) => text.includes(`"${orderId}"`) && text.includes(`"status":"${status}"`);
    return JSON.parse(this.heard.find(wanted) ?? await this.next(wanted)) as JsonObject;
  }

  /** What it heard of orders: `order-1 COMPLETED`. */
  public get statuses(): string[] {
    return this.messages.filter(({ type }) => type === 'order.status').map(({ orderId, status }) => `${String(orderId)} ${String(status)}`);
  }

  public get messages(): JsonObject[] {
    return this.heard.map((text) => JSON.parse(text) as JsonObject);
  }

  public close(): Promise<number> {
    this.socket.close();
    return this.closed;
  }

  private next(wanted: (text: string) => boolean): Promise<string> {
    return new Promise((resolve) => this.waiting.push({ wanted, resolve }));
  }

  private hear(text: string): void {
    this.heard.push(text);
    const index = this.waiting.findIndex(({ wanted }) => wanted(text));
    if (index >= 0) {
      this.waiting.splice(index, 1)[0].resolve(text);
    }
  }
}
