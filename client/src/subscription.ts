import { backoff } from './backoff.ts';
import type { FeedSettings } from './feed-options.ts';
import { subscribeTo, unsubscribeFrom, type OrderStatus } from './messages.ts';
import { OrderFeedError } from './order-feed-error.ts';
import type { Watch } from './order-watch.ts';
import { Timer } from './timer.ts';

/** Errors that a retry would not change. */
const FINAL_CODES = ['not-found', 'bad-request'];

export interface SubscriptionEvents {
  /** Sends a frame. Returns whether there was a connection for it. */
  send(frame: string): boolean;
  /** The order has no watch any more, and was unsubscribed. */
  dropped(): void;
}

/**
 * What the watches of one order share: one subscription at the feed.
 *
 * It is kept for a while after its last watch. It is sent again when the order is watched soon after it was unsubscribed:
 * the feed may process the two messages at the same time, and the unsubscribe must not remove the new subscription.
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
    // In a microtask, so that `watch()` has returned before the first callback.
    queueMicrotask(() => this.last && watch.show(this.last));
    if (this.leaving) {
      this.tidyLater();
    } else {
      this.leave.stop();
    }
    if (!this.answered && !this.answer.running) {
      this.subscribe();
    }
  }

  remove(watch: Watch): void {
    if (this.watches.delete(watch) && this.watches.size === 0) {
      this.tidyLater();
    }
  }

  /** There is a new connection, without this subscription. */
  renew(): void {
    this.subscribe();
    this.dropIfUnwatched();
  }

  /** Only a message of the current connection confirms the subscription there. */
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
        this.subscribe();
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
      this.answer.start(backoff(this.settings, this.tries), () => this.subscribe());
      [...this.watches].forEach((watch) => watch.fail(error));
    }
  }

  close(why: OrderFeedError): void {
    this.answer.stop();
    this.leave.stop();
    this.watches.forEach((watch) => watch.end(why));
    this.watches.clear();
  }

  /** Sends the subscription with the token of the newest watch, and again if there is no response. */
  private subscribe(): void {
    if (this.watches.size === 0) {
      return;
    }
    this.answered = false;
    this.answer.stop();
    this.token = [...this.watches].at(-1)?.token;
    this.subscribed = this.events.send(subscribeTo(this.orderId, this.token));
    if (this.subscribed) {
      this.answer.start(this.settings.timing.answer + backoff(this.settings, this.tries++), () => this.subscribe());
    }
  }

  /** The refusal is for the token that was sent: watches with another token stay. */
  private end(error: OrderFeedError): void {
    const refused = [...this.watches].filter((watch) => watch.token === this.token);
    refused.forEach((watch) => this.watches.delete(watch));
    this.subscribed = false;
    this.answer.stop();
    this.subscribe();
    this.dropIfUnwatched();
    refused.forEach((watch) => watch.fail(error));
  }

  private tidyLater(): void {
    this.leave.start(this.settings.timing.linger, () => this.tidy());
  }

  private tidy(): void {
    this.leaving = false;
    this.subscribe();
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
