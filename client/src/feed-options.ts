import { machineWebSocket, type FeedSocketConstructor } from './feed-socket.ts';
import { DEFAULT_TIMING, type FeedTiming } from './feed-timing.ts';
import { OrderFeedError } from './order-feed-error.ts';
import { machineTimers, type Timers } from './timer.ts';

/**
 * - `idle`: nothing is watched, so there is no connection
 * - `connecting`: a connection is being made, and there is no other
 * - `open`: connected
 * - `waiting`: the connection was lost or not made; the next attempt follows by itself
 * - `closed`: by `close()`, for good
 */
export type FeedState = 'idle' | 'connecting' | 'open' | 'waiting' | 'closed';

/** Where the feed is, and the subprotocols by which an authorizer may know who connects. */
export type FeedAddress = string | { readonly url: string; readonly protocols?: string | string[] };

export interface OrderFeedOptions {
  /** The feed's `wss://` URL, or a function that is asked for it before each connection, so that it may carry a fresh ticket. */
  readonly url: string | (() => FeedAddress | Promise<FeedAddress>);
  readonly onState?: (state: FeedState) => unknown;
  /** Told of what is no watch's business, and of errors of watches without an `onError`. @default console.error */
  readonly onError?: (error: OrderFeedError) => unknown;
  readonly timing?: Partial<FeedTiming>;
  /** @default the machine's */
  readonly WebSocket?: FeedSocketConstructor;
  /** @default the machine's */
  readonly timers?: Timers;
  /** A number from 0 up to 1, for the jitter. @default Math.random */
  readonly random?: () => number;
}

/** The options with everything filled in, as the feed's parts share them. */
export interface FeedSettings {
  readonly address: () => FeedAddress | Promise<FeedAddress>;
  readonly onState: (state: FeedState) => unknown;
  readonly onError: (error: OrderFeedError) => unknown;
  readonly timing: FeedTiming;
  readonly WebSocket: FeedSocketConstructor;
  readonly timers: Timers;
  readonly random: () => number;
}

export function settingsOf(options: OrderFeedOptions): FeedSettings {
  const { url } = options;
  if (typeof url !== 'function' && !/^wss?:\/\//.test(url)) {
    throw new TypeError(`url must begin with wss:// or be a function, got ${JSON.stringify(url)}`);
  }
  return {
    address: typeof url === 'function' ? url : () => url,
    onState: options.onState ?? (() => {}),
    onError: options.onError ?? ((error) => console.error(error)),
    timing: { ...DEFAULT_TIMING, ...options.timing },
    WebSocket: options.WebSocket ?? machineWebSocket(),
    timers: options.timers ?? machineTimers,
    random: options.random ?? Math.random,
  };
}
