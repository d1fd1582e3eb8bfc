import { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { FrameMeter } from './frame-meter';
import { CancelTimer, Clock } from '../../clock';
import { JsonObject } from '../../json';

export const MAX_FRAME_BYTES = 32 * 1024;
export const MAX_MESSAGE_BYTES = 128 * 1024;
const TOO_BIG = 1009;
const GOING_AWAY = 1001;
const IDLE_MS = 10 * 60_000;
const LIFETIME_MS = 2 * 3_600_000;

export interface ConnectionIdentity {
  readonly sourceIp: string;
  readonly userAgent: string;
}

/** One client's connection to a WebSocket API, with the limits that API Gateway sets. */
export class WebSocketConnection {
  public readonly connectedAt: number;
  public lastActiveAt: number;
  private idle: CancelTimer;
  private readonly oldAge: CancelTimer;

  /** @param principal what the authorizer said of the client, shown to every route. */
  constructor(
    public readonly id: string,
    public readonly identity: ConnectionIdentity,
    public readonly principal: JsonObject | undefined,
    private readonly socket: WebSocket,
    stream: Duplex,
    private readonly clock: Clock,
  ) {
    this.connectedAt = clock.now();
    this.lastActiveAt = this.connectedAt;
    this.idle = this.closeIdle();
    this.oldAge = clock.after(LIFETIME_MS, () => socket.close(GOING_AWAY, 'Connection duration limit reached'));
    const meter = new FrameMeter((bytes) => {
      if (bytes > MAX_FRAME_BYTES) {
        socket.close(TOO_BIG, 'Message too big');
      }
    });
    // Before the socket's own listener: a frame that is too big must not become a message.
    stream.prependListener('data', (chunk: Buffer) => meter.read(chunk));
    socket.on('error', () => undefined);
  }

  public get open(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  public onMessage(listener: (text: string) => void): void {
    this.socket.on('message', (data: Buffer) => {
      if (this.open) {
        this.touch();
        listener(data.toString());
      }
    });
  }

  public onClose(listener: (code: number, reason: string) => void): void {
    this.socket.on('close', (code, reason) => {
      this.idle();
      this.oldAge();
      listener(code, reason.toString());
    });
  }

  /** Resolves when the text has been handed to the network. */
  public send(text: string): Promise<void> {
    this.touch();
    return new Promise((resolve, reject) => this.socket.send(text, (error) => (error ? reject(error) : resolve())));
  }

  public close(): void {
    this.socket.close(1000, 'Connection Closed Normally');
  }

  public terminate(): void {
    this.socket.terminate();
  }

  private touch(): void {
    this.lastActiveAt = this.clock.now();
    this.idle();
    this.idle = this.closeIdle();
  }

  private closeIdle(): CancelTimer {
    return this.clock.after(IDLE_MS, () => this.socket.close(GOING_AWAY, 'Going away'));
  }
}
