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

/** The order may or may not have been received. */
export const OUTCOME_UNKNOWN = 'it is unknown whether the order was received: send the same order again, and no other one in its place';

/** Why a request failed that can succeed when it is retried and has left nothing; undefined for any other error. */
export function transientErrorOf(error: unknown): TransientError | undefined {
  const causes = causesOf(error);
  if (isOutcomeUnknown(error)) return undefined;
  if (isThrottled(error)) return 'busy';
  return causes.some(cause => OURS.has(cause.name) || isOutage(cause)) ? 'unavailable' : undefined;
}

/** Whether the request may have left an order, so that it must not be sent back as if it had not. */
export function isOutcomeUnknown(error: unknown): boolean {
  return causesOf(error).some(({ name }) => name === 'OutcomeUnknown');
}

export function isThrottled(error: unknown): boolean {
  return causesOf(error).some(({ name }) => THROTTLED.test(name));
}

function causesOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}
