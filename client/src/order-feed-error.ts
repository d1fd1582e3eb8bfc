export interface OrderFeedErrorOptions {
  readonly orderId?: string | undefined;
  readonly final?: boolean;
  readonly cause?: unknown;
}

/** An error of the feed or of one watch. */
export class OrderFeedError extends Error {
  override readonly name = 'OrderFeedError';

  /**
   * The code that the feed returned (`not-found`, `bad-request`, `too-many-subscriptions` …), or a code of this client: `stopped`
   * and `closed` (what `until()` rejects with), `connect-failed` (no address, or an invalid one), `callback-threw`.
   */
  readonly code: string;

  /** The order that it is about. Unset if it is about the feed. */
  readonly orderId: string | undefined;

  /** Whether the watch has ended with it. Otherwise the feed retries. */
  readonly final: boolean;

  constructor(code: string, message: string, options: OrderFeedErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.orderId = options.orderId;
    this.final = options.final ?? false;
  }
}
