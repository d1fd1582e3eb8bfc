import { isOutage } from '../dynamodb/contention';

/** A failure that a retry can pass: throttling, or an outage. */
export type TransientError = 'busy' | 'unavailable';

/** When a client may retry. All requests are safe to retry. */
export const RETRY_AFTER_SECONDS: Record<TransientError, number> = { busy: 1, unavailable: 2 };

export const TRANSIENT_MESSAGES: Record<TransientError, string> = {
  busy: `too many requests: retry after ${RETRY_AFTER_SECONDS.busy} s`,
  unavailable: `temporarily unavailable: retry after ${RETRY_AFTER_SECONDS.unavailable} s`,
};

export const INTERNAL_ERROR = 'internal error';

const THROTTLED = /Throttl|LimitExceeded|TooManyRequests|ThroughputExceeded/;
const OURS = new Set(['ServiceUnavailable', 'TransactionConflict']);

/** Why a request failed that can succeed when it is retried; undefined for any other error. */
export function transientErrorOf(error: unknown): TransientError | undefined {
  const causes = causesOf(error);
  if (causes.some(({ name }) => THROTTLED.test(name))) return 'busy';
  return causes.some(cause => OURS.has(cause.name) || isOutage(cause)) ? 'unavailable' : undefined;
}

function causesOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}
