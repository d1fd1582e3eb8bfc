import { call, reportError } from './callbacks.ts';
import type { OrderStatus } from './messages.ts';
import { OrderFeedError } from './order-feed-error.ts';

export interface WatchOptions {
  /** Called once for each status that is received, in rising versions; first with the current one. */
  readonly onStatus?: (status: OrderStatus) => unknown;
  /** Called with errors of this watch. The watch has ended when `error.final`; otherwise the feed retries. @default - the `onError` of the feed */
  readonly onError?: (error: OrderFeedError) => unknown;
  /** The watch token of the order, where the feed has no authorizer. */
  readonly token?: string | undefined;
}

/** One watch of one order. */
export interface OrderWatch {
  readonly orderId: string;
  /** The newest status that was received. */
  readonly last: OrderStatus | undefined;
  /**
   * Resolves with the first of these statuses. Rejects when the watch ends before. Wait for statuses in which an order
   * ends: an intermediate one may be superseded before it is sent.
   */
  until(statuses: string | readonly string[]): Promise<OrderStatus>;
  /** Ends the watch. Its callbacks are not called any more. */
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
    // A promise that is not awaited must not end the process with an unhandled rejection.
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
    void (this.options.onError ? call(this.options.onError, error, this.feedError) : reportError(this.feedError, error));
  }

  /** Ends the watch without a callback; promises of `until()` reject. */
  end(why: OrderFeedError): void {
    this.ended = why;
    for (const waiter of this.waiters) {
      waiter.reject(why);
    }
    this.waiters.clear();
  }
}
