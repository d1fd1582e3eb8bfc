import { WebSocket } from 'ws';
import { JsonObject } from '../../src';

/** A client that is connected to the status feed. */
export class FeedClient {
  public static connect(url: string): Promise<FeedClient> {
    const client = new FeedClient(new WebSocket(url));
    return new Promise((resolve, reject) => client.socket.on('open', () => resolve(client)).on('error', reject));
  }

  private readonly arrived: JsonObject[] = [];
  private wanting: Array<() => void> = [];

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.arrived.push(JSON.parse(data.toString()) as JsonObject);
      this.wanting.splice(0).forEach((look) => look());
    });
  }

  /** Sends a message, and waits for the first one that is its answer: of this type, or an error. */
  public async request(message: object, type: string): Promise<JsonObject> {
    const from = this.arrived.length;
    this.socket.send(JSON.stringify(message));
    return this.next((answer) => answer.type === type || answer.type === 'error', from);
  }

  public async submit(order: object, more: object = {}): Promise<JsonObject> {
    return this.request({ action: 'submitOrder', order, ...more }, 'order.accepted');
  }

  /** Subscribes to an order; the type of what it gets to hear of it first. */
  public async watch(orderId: string, watchToken: unknown): Promise<unknown> {
    const from = this.arrived.length;
    this.socket.send(JSON.stringify({ action: 'subscribe', orderId, watchToken }));
    return (await this.next((message) => message.orderId === orderId, from)).type;
  }

  /** The first message that is as wanted, of those that arrived or will. */
  public async next(isWanted: (message: JsonObject) => boolean, from = 0): Promise<JsonObject> {
    for (;;) {
      const found = this.arrived.slice(from).find(isWanted);
      if (found) {
        return found;
      }
      await new Promise<void>((resolve) => this.wanting.push(resolve));
    }
  }

  public close(): void {
    this.socket.terminate();
  }
}
