import { Failure } from '../failure';
import type { Timing } from '../timing';

export const ATTEMPTS = 8;
const CONFLICT = 'TransactionConflict';
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

/** Retries a request that meets contention or throttling, with full jitter, up to 8 attempts. */
export async function retryContended<T>(timing: Timing, send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (isOutage(error as ServiceError)) throw unavailable(error);
      if (!isContended(error as ServiceError)) throw error;
      if (attempt === ATTEMPTS) throw conflict(error);
      await pause(timing, attempt);
    }
  }
}

/** Waits a random time, up to twice as long as in the attempt before, so that requests that collided do not collide again. */
export async function pause(timing: Timing, attempt: number): Promise<void> {
  await timing.wait(timing.random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)));
}

function isContended(error: ServiceError): boolean {
  if (CONTENDED_ERRORS.has(error.name ?? '')) return true;
  const reasons = (error.CancellationReasons ?? []).map(reason => reason.Code ?? 'None').filter(code => code !== 'None');
  return reasons.length > 0 && reasons.every(code => CONTENDED_REASONS.has(code));
}

/** Whether the service did not answer, or answered with a fault of its own: it is unknown whether the write landed. */
export function isOutage(error: ServiceError): boolean {
  return error.$fault === 'server' || error.name === 'TimeoutError' || /^E[A-Z_]+$/.test(error.code ?? '');
}

/** Whether a request was given up because of contention: nothing was written. */
export function isConflict(error: unknown): boolean {
  return (error as Error).name === CONFLICT;
}

function conflict(cause: unknown): Failure {
  return new Failure(CONFLICT, `other requests kept writing the same items during ${ATTEMPTS} attempts: try again later`, cause);
}

function unavailable(cause: unknown): Failure {
  const { name, message } = cause as ServiceError;
  return new Failure('ServiceUnavailable', `DynamoDB could not be reached, try again later (${name}: ${message})`, cause);
}
