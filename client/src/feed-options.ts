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

/** The URL of the feed, and the subprotocols that an authorizer may read the identity of the client from. */
export type FeedAddress = string | { readonly url: string; readonly protocols?: string | string[] };

export interface OrderFeedOptions {
  /** The feed's `wss://` URL, or a function that returns it. The function is called before each connection, so that the URL can contain a new ticket. */
  readonly url: string | (() => FeedAddress | Promise<FeedAddress>);
  /** Called when the state of the feed changes. */
  readonly onState?: (state: FeedState) => unknown;
  /** Called with errors of the feed, and of watches without an `onError`. @default console.error */
  readonly onError?: (error: OrderFeedError) => unknown;
  /** Time-outs and intervals. @default - see FeedTiming */
  readonly timing?: Partial<FeedTiming>;
  /** The WebSocket class to connect with. @default - the global one */
  readonly WebSocket?: FeedSocketConstructor;
  /** The timers to wait with. @default - the global ones */
  readonly timers?: Timers;
  /** A number from 0 up to 1, for the jitter. @default Math.random */
  readonly random?: () => number;
}

/** The options with their defaults, as the parts of the feed share them. */
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
