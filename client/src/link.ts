import { backoff } from './backoff.ts';
import { call } from './callbacks.ts';
import { Connection } from './connection.ts';
import type { FeedSettings, FeedState } from './feed-options.ts';
import type { ServerMessage } from './messages.ts';
import { Timer } from './timer.ts';

export interface LinkEvents {
  /** There is a new connection, without subscriptions. */
  opened(): void;
  /** `current` is false for messages of the previous connection, which stays open for a while beside the new one. */
  received(message: ServerMessage, current: boolean): void;
}

/** Keeps a connection: reconnects when it is lost, and replaces it before it is too old. */
export class Link {
  private readonly settings: FeedSettings;
  private readonly events: LinkEvents;
  private readonly retry: Timer;
  private readonly steady: Timer;
  private readonly age: Timer;
  private readonly overlap: Timer;
  private current: Connection | undefined;
  private next: Connection | undefined;
  private retiring: Connection | undefined;
  private failures = 0;
  private closed = false;
  private announced: FeedState = 'idle';

  constructor(settings: FeedSettings, events: LinkEvents) {
    this.settings = settings;
    this.events = events;
    this.retry = new Timer(settings.timers);
    this.steady = new Timer(settings.timers);
    this.age = new Timer(settings.timers);
    this.overlap = new Timer(settings.timers);
  }

  get state(): FeedState {
    if (this.closed) {
      return 'closed';
    }
    if (this.current) {
      return 'open';
    }
    if (this.next) {
      return 'connecting';
    }
    return this.retry.running ? 'waiting' : 'idle';
  }

  start(): void {
    if (this.state === 'idle') {
      this.connect();
    }
  }

  /** Returns whether there is a connection to send on. */
  send(frame: string): boolean {
    this.current?.send(frame);
    return this.current !== undefined;
  }

  /** Connects without further delay, or checks the connection. */
  wake(): void {
    if (this.retry.running) {
      this.retry.stop();
      this.connect();
    }
    this.current?.check();
  }

  /** Closes the connection until it is started again. */
  stop(): void {
    for (const timer of [this.retry, this.steady, this.age, this.overlap]) {
      timer.stop();
    }
    for (const connection of [this.current, this.next, this.retiring]) {
      connection?.close();
    }
    this.current = this.next = this.retiring = undefined;
    this.failures = 0;
    this.announce();
  }

  close(): void {
    this.closed = true;
    this.stop();
  }

  private connect(): void {
    const connection = new Connection(this.settings, {
      opened: () => this.take(connection),
      received: (message) => this.events.received(message, connection === this.current),
      lost: () => this.lose(connection),
    });
    this.next = connection;
    this.announce();
    void connection.open();
  }

  /** The old connection stays until the new one has taken over, so that no status is missed. */
  private take(connection: Connection): void {
    const { timing, random } = this.settings;
    if (this.current) {
      this.retiring?.close();
      this.retiring = this.current;
      this.overlap.start(timing.overlap, () => this.retiring?.close());
    }
    this.current = connection;
    this.next = undefined;
    this.steady.start(timing.steady, () => { this.failures = 0; });
    this.age.start(timing.rotate * (1 - random() / 10), () => this.connect());
    this.events.opened();
    this.announce();
  }

  private lose(connection: Connection): void {
    if (connection === this.retiring) {
      return;
    }
    if (connection === this.current) {
      this.current = undefined;
      this.steady.stop();
      this.age.stop();
    } else {
      this.next = undefined;
    }
    if (!this.next && !this.retry.running) {
      this.retry.start(backoff(this.settings, this.failures++), () => this.connect());
    }
    this.announce();
  }

  private announce(): void {
    const { state } = this;
    if (state !== this.announced) {
      this.announced = state;
      void call(this.settings.onState, state, this.settings.onError);
    }
  }
}
