import { isOutage } from '../dynamodb/contention';

/** What passes by itself: too much at once, or a service that does not answer. */
export type Trouble = 'busy' | 'unavailable';

/** What a client is told. Whatever it sent is safe to send again. */
export const TROUBLES: Record<Trouble, string> = {
  busy: 'there is too much to do at the moment: send the same again a little later',
  unavailable: 'this did not work just now: send the same again a little later',
};

const BUSY = /Throttl|LimitExceeded|TooManyRequests|ThroughputExceeded/;
const OURS = new Set(['ServiceUnavailable', 'TransactionConflict']);

/** Whether the same request can succeed a moment later, and why not now. Nothing, if the error is a fault of ours. */
export function troubleOf(error: unknown): Trouble | undefined {
  const causes = causesOf(error);
  if (causes.some(({ name }) => BUSY.test(name))) return 'busy';
  return causes.some(cause => OURS.has(cause.name) || isOutage(cause)) ? 'unavailable' : undefined;
}

function causesOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}
