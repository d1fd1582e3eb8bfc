import { reportError } from './callbacks.ts';
import type { FeedSettings } from './feed-options.ts';
import type { FeedSocket } from './feed-socket.ts';
import { Heartbeat } from './heartbeat.ts';
import { PING, readMessage, type ServerMessage } from './messages.ts';
import { OrderFeedError } from './order-feed-error.ts';
import { Timer } from './timer.ts';

export interface ConnectionEvents {
  opened(): void;
  received(message: ServerMessage): void;
  /** It did not open, was closed by the server, or does not respond. Called once; never after `close()`. */
  lost(): void;
}

/** One WebSocket connection, from resolving its address to its end. */
export class Connection {
  private readonly settings: FeedSettings;
  private readonly events: ConnectionEvents;
  private readonly connectTimeout: Timer;
  private readonly heartbeat: Heartbeat;
  private socket: FeedSocket | undefined;
  private over = false;

  constructor(settings: FeedSettings, events: ConnectionEvents) {
    this.settings = settings;
    this.events = events;
    this.connectTimeout = new Timer(settings.timers);
    this.heartbeat = new Heartbeat(settings, () => this.send(PING), () => this.lose());
  }

  async open(): Promise<void> {
    if (this.over) {
      return;
    }
    this.connectTimeout.start(this.settings.timing.connect, () => this.lose());
    try {
      const address = await this.settings.address();
      if (!this.over) {
        const { url, protocols } = typeof address === 'string' ? { url: address } : address;
        this.listen(new this.settings.WebSocket(url, protocols));
      }
    } catch (cause) {
      if (!this.over) {
        void reportError(this.settings.onError, new OrderFeedError('connect-failed', 'no connection can be made: see the cause', { cause }));
        this.lose();
      }
    }
  }

  send(frame: string): void {
    try {
      this.socket?.send(frame);
    } catch {
      // A socket that is closing may throw; its close event or the heartbeat follows.
    }
  }

  /** Sends a ping at once. */
  check(): void {
    this.heartbeat.check();
  }

  close(): void {
    this.over = true;
    this.connectTimeout.stop();
    this.heartbeat.stop();
    this.socket?.close(1000);
  }

  private listen(socket: FeedSocket): void {
    this.socket = socket;
    const whileInUse = (then: (event: { data?: unknown }) => void) => (event: { data?: unknown }) => {
      if (!this.over) {
        then(event);
      }
    };
    socket.addEventListener('open', whileInUse(() => {
      this.connectTimeout.stop();
      this.heartbeat.received();
      this.events.opened();
    }));
    socket.addEventListener('message', whileInUse(({ data }) => {
      this.heartbeat.received();
      this.events.received(readMessage(data));
    }));
    socket.addEventListener('error', whileInUse(() => this.lose()));
    socket.addEventListener('close', whileInUse(() => this.lose()));
  }

  private lose(): void {
    this.close();
    this.events.lost();
  }
}
