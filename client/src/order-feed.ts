import { reportError } from './callbacks.ts';
import { settingsOf, type FeedSettings, type FeedState, type OrderFeedOptions } from './feed-options.ts';
import { Link } from './link.ts';
import type { ServerMessage } from './messages.ts';
import { OrderFeedError } from './order-feed-error.ts';
import { Watch, type OrderWatch, type WatchOptions } from './order-watch.ts';
import { Subscription } from './subscription.ts';
import { Timer } from './timer.ts';

/** The feed's response to an invalid order id does not name the watch, so an invalid id is not sent. */
const ORDER_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** A frame that is too long gets the same response, or closes the connection of all watches. */
const LONGEST_TOKEN = 1000;

/** Watches orders over one connection, which it opens for the first watch and keeps until the last one ends. */
export class OrderFeed {
  private readonly settings: FeedSettings;
  private readonly link: Link;
  private readonly idle: Timer;
  private readonly subscriptions = new Map<string, Subscription>();

  constructor(options: OrderFeedOptions) {
    this.settings = settingsOf(options);
    this.idle = new Timer(this.settings.timers);
    this.link = new Link(this.settings, {
      opened: () => [...this.subscriptions.values()].forEach((subscription) => subscription.renew()),
      received: (message, current) => this.receive(message, current),
    });
  }

  get state(): FeedState {
    return this.link.state;
  }

  /** Watches an order until the watch is stopped or refused. Watches of the same order share one subscription. */
  watch(orderId: string, options: WatchOptions = {}): OrderWatch {
    if (this.state === 'closed') {
      throw new Error('the feed is closed: make a new one to watch orders');
    }
    if (typeof orderId !== 'string' || !ORDER_ID.test(orderId)) {
      throw new TypeError(`orderId must be 1 to 64 of the characters A-Z a-z 0-9 _ -, got ${JSON.stringify(orderId)}`);
    }
    if (options.token && options.token.length > LONGEST_TOKEN) {
      throw new TypeError(`token must have at most ${LONGEST_TOKEN} characters, got ${options.token.length}`);
    }
    this.idle.stop();
    const subscription = this.subscriptions.get(orderId) ?? this.newSubscription(orderId);
    const watch = new Watch(orderId, options, this.settings.onError, () => subscription.remove(watch));
    subscription.add(watch);
    this.link.start();
    return watch;
  }

  /** Connects, or checks the connection, without waiting. Call it when the machine is online or awake again. */
  wake(): void {
    this.link.wake();
  }

  /** Ends all watches and the connection permanently. */
  close(): void {
    for (const [orderId, subscription] of this.subscriptions) {
      subscription.close(new OrderFeedError('closed', 'the feed was closed', { orderId, final: true }));
    }
    this.subscriptions.clear();
    this.idle.stop();
    this.link.close();
  }

  private newSubscription(orderId: string): Subscription {
    const subscription = new Subscription(orderId, this.settings, {
      send: (frame) => this.link.send(frame),
      dropped: () => this.drop(orderId),
    });
    this.subscriptions.set(orderId, subscription);
    return subscription;
  }

  private drop(orderId: string): void {
    this.subscriptions.delete(orderId);
    if (this.subscriptions.size === 0) {
      this.idle.start(this.settings.timing.linger, () => this.link.stop());
    }
  }

  private receive(message: ServerMessage, current: boolean): void {
    if (message.type === 'order.status') {
      this.subscriptions.get(message.status.orderId)?.receive(message.status, current);
    }
    if (message.type === 'error' && current) {
      const { code, message: text, orderId } = message;
      if (orderId === undefined) {
        void reportError(this.settings.onError, new OrderFeedError(code, text));
      } else {
        this.subscriptions.get(orderId)?.refuse(code, text);
      }
    }
  }
}
