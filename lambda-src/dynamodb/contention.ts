import { Failure } from '../failure';
import type { Pace } from '../pace';

export const ATTEMPTS = 8;
const FIRST_PAUSE = 25;
const LONGEST_PAUSE = 800;

const CONTENDED_ERRORS = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);
const CONTENDED_REASONS = new Set([
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
  'TransactionConflict',
  'TransactionInProgress',
]);

interface ServiceError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $fault?: string;
  readonly CancellationReasons?: ReadonlyArray<{ readonly Code?: string }>;
}

/** Sends until nobody else is in the way, with full jitter, a bounded number of times. */
export async function patiently<T>(pace: Pace, send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (isOutage(error as ServiceError)) throw unavailable(error);
      if (!isContended(error as ServiceError)) throw error;
      if (attempt === ATTEMPTS) throw conflict(error);
      await pause(pace, attempt);
    }
  }
}

/** Waits anything from nothing to twice as long as before, so that those who collided do not meet again. */
export async function pause(pace: Pace, attempt: number): Promise<void> {
  await pace.wait(pace.random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)));
}

function isContended(error: ServiceError): boolean {
  if (CONTENDED_ERRORS.has(error.name ?? '')) return true;
  const reasons = (error.CancellationReasons ?? []).map(reason => reason.Code ?? 'None').filter(code => code !== 'None');
  return reasons.length > 0 && reasons.every(code => CONTENDED_REASONS.has(code));
}

/** The service did not answer, or answered that it is at fault: whether the write landed is unknown. */
export function isOutage(error: ServiceError): boolean {
  return error.$fault === 'server' || error.name === 'TimeoutError' || /^E[A-Z_]+$/.test(error.code ?? '');
}

function conflict(cause: unknown): Failure {
  return new Failure('TransactionConflict', `others kept writing the same items in ${ATTEMPTS} attempts: try again later`, cause);
}

function unavailable(cause: unknown): Failure {
  const { name, message } = cause as ServiceError;
  return new Failure('ServiceUnavailable', `DynamoDB could not be reached, try again later (${name}: ${message})`, cause);
}
