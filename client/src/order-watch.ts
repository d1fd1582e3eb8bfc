import { call, tell } from './calling.ts';
import type { OrderStatus } from './messages.ts';
import { OrderFeedError } from './order-feed-error.ts';

export interface WatchOptions {
  /** Called once for each status that is told, in rising versions; first with the one the order has now. */
  readonly onStatus?: (status: OrderStatus) => unknown;
  /** Called with errors of this watch. It has ended when `error.final`; otherwise the feed goes on trying. @default the feed's */
  readonly onError?: (error: OrderFeedError) => unknown;
  /** Shows that you may watch this order, where the feed has no authorizer. */
  readonly token?: string | undefined;
}

/** One watcher of one order. */
export interface OrderWatch {
  readonly orderId: string;
  /** The newest status that was told. */
  readonly last: OrderStatus | undefined;
  /**
   * The first of these statuses. Rejects when the watch ends before. Wait for statuses in which an order ends: one
   * that it only passes through may be overtaken before it is told.
   */
  until(statuses: string | readonly string[]): Promise<OrderStatus>;
  /** Ends the watch. None of its callbacks is called any more. */
  stop(): void;
}

interface Waiter {
  readonly wanted: readonly string[];
  readonly resolve: (status: OrderStatus) => void;
  readonly reject: (error: OrderFeedError) => void;
}

export class Watch implements OrderWatch {
  readonly orderId: string;
  readonly token: string | undefined;
  last: OrderStatus | undefined;
  private readonly options: WatchOptions;
  private readonly feedError: (error: OrderFeedError) => unknown;
  private readonly onStop: () => void;
  private readonly waiters = new Set<Waiter>();
  private ended: OrderFeedError | undefined;

  constructor(orderId: string, options: WatchOptions, feedError: (error: OrderFeedError) => unknown, onStop: () => void) {
    this.orderId = orderId;
    this.token = options.token;
    this.options = options;
    this.feedError = feedError;
    this.onStop = onStop;
  }

  until(statuses: string | readonly string[]): Promise<OrderStatus> {
    const wanted = [statuses].flat();
    const promise = new Promise<OrderStatus>((resolve, reject) => {
      if (this.last && wanted.includes(this.last.status)) {
        resolve(this.last);
      } else if (this.ended) {
        reject(this.ended);
      } else {
        this.waiters.add({ wanted, resolve, reject });
      }
    });
    // Whoever waits for it is told. Who has forgotten it shall not end the process with an unhandled rejection.
    promise.catch(() => {});
    return promise;
  }

  stop(): void {
    if (!this.ended) {
      this.end(new OrderFeedError('stopped', 'the watch was stopped', { orderId: this.orderId, final: true }));
      this.onStop();
    }
  }

  /** Shows a status, unless it or a newer one was shown. */
  show(status: OrderStatus): void {
    if (this.ended || status.version <= (this.last?.version ?? 0)) {
      return;
    }
    this.last = status;
    for (const waiter of this.waiters) {
      if (waiter.wanted.includes(status.status)) {
        this.waiters.delete(waiter);
        waiter.resolve(status);
      }
    }
    if (this.options.onStatus) {
      void call(this.options.onStatus, status, this.feedError);
    }
  }

  fail(error: OrderFeedError): void {
    if (this.ended) {
      return;
    }
    if (error.final) {
      this.end(error);
    }
    void (this.options.onError ? call(this.options.onError, error, this.feedError) : tell(this.feedError, error));
  }

  /** Ends it without calling anybody but who waits in `until()`. */
  end(why: OrderFeedError): void {
    this.ended = why;
    for (const waiter of this.waiters) {
      waiter.reject(why);
    }
    this.waiters.clear();
  }
}
