import type { FeedSettings } from './feed-options.ts';

/** Exponential, with full jitter: clients that were cut off together come back spread out. */
export function backoff({ timing, random }: FeedSettings, failures: number): number {
  return random() * Math.min(timing.backoffLimit, timing.backoff * 2 ** failures);
}
