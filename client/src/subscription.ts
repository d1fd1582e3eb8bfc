import { backoff } from './backoff.ts';
import type { FeedSettings } from './feed-options.ts';
import { subscribeTo, unsubscribeFrom, type OrderStatus } from './messages.ts';
import { OrderFeedError } from './order-feed-error.ts';
import type { Watch } from './order-watch.ts';
import { Timer } from './timer.ts';

/** Answers that another try would not change. */
const FINAL_CODES = ['not-found', 'bad-request'];

export interface SubscriptionEvents {
  /** Sends a frame. Returns whether there was a connection for it. */
  send(frame: string): boolean;
  /** Nobody watches the order any more, and the feed knows. */
  dropped(): void;
}

/**
 * What the watches of one order share: one subscription at the feed.
 *
 * It outlives its last watch a while, and is asked again when the order is watched anew soon after it was given up:
 * the feed may work on the two messages at the same time, and the end of the first must not undo the second.
 */
export class Subscription {
  private readonly orderId: string;
  private readonly settings: FeedSettings;
  private readonly events: SubscriptionEvents;
  private readonly watches = new Set<Watch>();
  private readonly answer: Timer;
  private readonly leave: Timer;
  private last: OrderStatus | undefined;
  private token: string | undefined;
  private tries = 0;
  private subscribed = false;
  private answered = false;
  private leaving = false;

  constructor(orderId: string, settings: FeedSettings, events: SubscriptionEvents) {
    this.orderId = orderId;
    this.settings = settings;
    this.events = events;
    this.answer = new Timer(settings.timers);
    this.leave = new Timer(settings.timers);
  }

  add(watch: Watch): void {
    this.watches.add(watch);
    // In a moment, so that whoever watches holds the watch when it is first called.
    queueMicrotask(() => this.last && watch.show(this.last));
    if (this.leaving) {
      this.tidyLater();
    } else {
      this.leave.stop();
    }
    if (!this.answered && !this.answer.running) {
      this.ask();
    }
  }

  remove(watch: Watch): void {
    if (this.watches.delete(watch) && this.watches.size === 0) {
      this.tidyLater();
    }
  }

  /** There is a new connection, which knows nothing of this order. */
  renew(): void {
    this.ask();
    this.dropIfUnwatched();
  }

  /** Only what the current connection tells proves that it is subscribed. */
  receive(status: OrderStatus, current: boolean): void {
    const seen = this.last?.version ?? 0;
    const gap = this.answered && status.version > seen + 1;
    if (status.version > seen) {
      this.last = status;
    }
    if (current) {
      this.answered = true;
      this.tries = 0;
      this.answer.stop();
      if (gap) {
        this.ask();
      }
    }
    if (status.version > seen) {
      for (const watch of [...this.watches]) {
        watch.show(status);
      }
    }
  }

  refuse(code: string, message: string): void {
    const final = FINAL_CODES.includes(code);
    const error = new OrderFeedError(code, message, { orderId: this.orderId, final });
    this.answered = false;
    if (final) {
      this.end(error);
    } else {
      this.answer.start(backoff(this.settings, this.tries), () => this.ask());
      [...this.watches].forEach((watch) => watch.fail(error));
    }
  }

  close(why: OrderFeedError): void {
    this.answer.stop();
    this.leave.stop();
    this.watches.forEach((watch) => watch.end(why));
    this.watches.clear();
  }

  /** With the token of the newest watch. What is not answered is asked again. */
  private ask(): void {
    if (this.watches.size === 0) {
      return;
    }
    this.answered = false;
    this.answer.stop();
    this.token = [...this.watches].at(-1)?.token;
    this.subscribed = this.events.send(subscribeTo(this.orderId, this.token));
    if (this.subscribed) {
      this.answer.start(this.settings.timing.answer + backoff(this.settings, this.tries++), () => this.ask());
    }
  }

  /** The refusal is for the token that was shown: who brought another one has not been refused. */
  private end(error: OrderFeedError): void {
    const refused = [...this.watches].filter((watch) => watch.token === this.token);
    refused.forEach((watch) => this.watches.delete(watch));
    this.subscribed = false;
    this.answer.stop();
    this.ask();
    this.dropIfUnwatched();
    refused.forEach((watch) => watch.fail(error));
  }

  private tidyLater(): void {
    this.leave.start(this.settings.timing.linger, () => this.tidy());
  }

  private tidy(): void {
    this.leaving = false;
    this.ask();
    if (this.watches.size === 0 && this.subscribed) {
      this.events.send(unsubscribeFrom(this.orderId));
      this.subscribed = this.answered = false;
      this.leaving = true;
      this.answer.stop();
      this.tidyLater();
    } else {
      this.dropIfUnwatched();
    }
  }

  private dropIfUnwatched(): void {
    if (this.watches.size === 0) {
      this.answer.stop();
      this.leave.stop();
      this.events.dropped();
    }
  }
}
