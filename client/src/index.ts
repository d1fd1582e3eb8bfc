export { OrderFeed } from './order-feed.ts';
export { OrderFeedError } from './order-feed-error.ts';
export type { OrderWatch, WatchOptions } from './order-watch.ts';
export type { FeedAddress, FeedState, OrderFeedOptions } from './feed-options.ts';
export type { FeedTiming } from './feed-timing.ts';
export type { FeedSocket, FeedSocketConstructor } from './feed-socket.ts';
export type { OrderStatus } from './messages.ts';
export type { Timers } from './timer.ts';
