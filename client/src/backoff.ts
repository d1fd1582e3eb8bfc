import type { FeedSettings } from './feed-options.ts';

/** Exponential backoff with full jitter: clients that were disconnected together reconnect spread out. */
export function backoff({ timing, random }: FeedSettings, failures: number): number {
  return random() * Math.min(timing.backoffLimit, timing.backoff * 2 ** failures);
}
