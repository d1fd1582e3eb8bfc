import { tell } from './calling.ts';
import { settingsOf, type FeedSettings, type FeedState, type OrderFeedOptions } from './feed-options.ts';
import { Link } from './link.ts';
import { subscribeTo, type ServerMessage } from './messages.ts';
import { OrderFeedError } from './order-feed-error.ts';
import { Watch, type OrderWatch, type WatchOptions } from './order-watch.ts';
import { Subscription } from './subscription.ts';
import { Timer } from './timer.ts';

/** A larger frame would make API Gateway close the connection of all watches, at 32 KB. A character has at most 3 bytes. */
const LONGEST_FRAME = 10_000;

/** Watches orders over one connection, which it makes for the first watch and keeps until the last. */
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
    if (typeof orderId !== 'string' || orderId === '' || subscribeTo(orderId, options.token).length > LONGEST_FRAME) {
      throw new TypeError(`orderId must be a non-empty string, and with the token fit in ${LONGEST_FRAME} characters`);
    }
    this.idle.stop();
    const subscription = this.subscriptions.get(orderId) ?? this.newSubscription(orderId);
    const watch = new Watch(orderId, options, this.settings.onError, () => subscription.remove(watch));
    subscription.add(watch);
    this.link.start();
    return watch;
  }

  /** To be called when the machine is online or awake again: connects, or checks the connection, without waiting. */
  wake(): void {
    this.link.wake();
  }

  /** Ends all watches and the connection, for good. */
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
        void tell(this.settings.onError, new OrderFeedError(code, text));
      } else {
        this.subscriptions.get(orderId)?.refuse(code, text);
      }
    }
  }
}
