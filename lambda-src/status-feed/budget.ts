import type { ConcurrencyLimit } from './concurrency-limit';
import { Failure } from '../failure';
import type { ClockTiming } from '../timing';

export const ATTEMPTS = 4;
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 1_600;
/** After this time a request is not retried: the service hangs. */
const LONGEST_SEND = 3_000;

interface ServiceError {
  readonly name?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** The time that an invocation has for requests and their retries. When it is up, nothing more is sent. */
export class Budget {
  public constructor(private readonly timing: ClockTiming, private readonly until: number) {}

  /**
   * Sends a request, and retries it a few times with full jitter. Each attempt takes a place of the limit, if there is one,
   * and gives it back before the pause, so that no other request waits for a pause.
   */
  public async spend<T>(send: () => Promise<T>, limit?: ConcurrencyLimit): Promise<T> {
    const end = Math.min(this.until, this.timing.now() + LONGEST_SEND);
    for (let attempt = 1; ; attempt++) {
      try {
        return await (limit ? limit.run(() => this.inTime(send)) : this.inTime(send));
      } catch (error) {
        const pause = this.timing.random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1));
        if (!isTransient(error as ServiceError) || attempt === ATTEMPTS || this.timing.now() + pause >= end) throw error;
        await this.timing.wait(pause);
      }
    }
  }

  private async inTime<T>(send: () => Promise<T>): Promise<T> {
    if (this.timing.now() < this.until) return send();
    throw new Failure('ServiceUnavailable', 'the time of this invocation is up: nothing more is sent');
  }
}

/** Whether a retry can succeed. */
function isTransient({ name = '', code = '', $metadata }: ServiceError): boolean {
  const status = $metadata?.httpStatusCode ?? 0;
  return status === 429 || status >= 500
    || name === 'ServiceUnavailable' || name === 'TimeoutError' || /Throttl|LimitExceeded/.test(name)
    || /^E[A-Z_]+$/.test(code);
}
