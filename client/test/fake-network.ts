import type { FeedSocket, FeedSocketConstructor } from '../src/index.ts';

type Event = { data?: unknown; code?: number };

/** The other end of one socket: what the client sent on it, and what a test lets happen to it. */
export class FakeSocket implements FeedSocket {
  readonly url: string;
  readonly protocols: string | string[] | undefined;
  readonly frames: string[] = [];
  closedWith: number | undefined;
  onFrame: (frame: any) => void;
  private readonly listeners = new Map<string, Array<(event: Event) => void>>();

  constructor(url: string, protocols?: string | string[]) {
    this.url = url;
    this.protocols = protocols;
    this.onFrame = () => {};
  }

  addEventListener(type: string, listener: (event: Event) => void): void {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
  }

  send(frame: string): void {
    this.frames.push(frame);
    queueMicrotask(() => this.onFrame(JSON.parse(frame)));
  }

  close(code?: number): void {
    this.closedWith ??= code;
  }

  open(): void {
    this.emit('open');
  }

  receive(message: unknown): void {
    this.receiveFrame(JSON.stringify(message));
  }

  receiveFrame(data: unknown): void {
    this.emit('message', { data });
  }

  status(orderId: string, version: number, status = `S${version}`): void {
    this.receive({ type: 'order.status', orderId, status, version, at: `2026-01-01T00:00:0${version % 10}Z` });
  }

  refuse(code: string, orderId?: string): void {
    this.receive({ type: 'error', code, message: `it is ${code}`, orderId });
  }

  /** Closes as a server does, or with 1006 as a network does, which browsers report as an error first. */
  drop(code = 1006): void {
    if (code === 1006) {
      this.emit('error');
    }
    this.emit('close', { code });
  }

  /** How some runtimes report that a connection cannot be made: as an error, without a close. */
  fail(): void {
    this.emit('error');
  }

  sent(action: string): Array<{ orderId?: string; watchToken?: string }> {
    return this.frames.map((frame) => JSON.parse(frame)).filter((frame) => frame.action === action);
  }

  private emit(type: string, event: Event = {}): void {
    this.listeners.get(type)?.forEach((listener) => listener(event));
  }
}

/** Where the sockets of a feed end up. */
export class FakeNetwork {
  readonly sockets: FakeSocket[] = [];
  onConnect: (socket: FakeSocket) => void;
  readonly WebSocket: FeedSocketConstructor;

  constructor() {
    this.onConnect = () => {};
    const network = this;
    this.WebSocket = class extends FakeSocket {
      constructor(url: string, protocols?: string | string[]) {
        super(url, protocols);
        network.sockets.push(this);
        network.onConnect(this);
      }
    };
  }

  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) {
      throw new Error('no socket was made');
    }
    return socket;
  }
}
