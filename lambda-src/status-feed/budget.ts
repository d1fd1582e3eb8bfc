import type { Gate } from './gate';
import { Failure } from '../failure';
import type { ClockTiming } from '../timing';

export const ATTEMPTS = 4;
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 1_600;
/** What one send may take: a service that hangs is not asked again. */
const LONGEST_SEND = 3_000;

interface ServiceError {
  readonly name?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** What an invocation can spend on services that are too busy or down. When its time is up, nothing more is sent. */
export class Budget {
  public constructor(private readonly timing: ClockTiming, private readonly until: number) {}

  /**
   * Sends until the service takes it, a few times, with full jitter. Each try passes the gate, if there is one, and leaves
   * it for the pauses: nobody waits in line for somebody who only waits.
   */
  public async spend<T>(send: () => Promise<T>, gate?: Gate): Promise<T> {
    const end = Math.min(this.until, this.timing.now() + LONGEST_SEND);
    for (let attempt = 1; ; attempt++) {
      try {
        return await (gate ? gate.pass(() => this.inTime(send)) : this.inTime(send));
      } catch (error) {
        const pause = this.timing.random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1));
        if (!isPassing(error as ServiceError) || attempt === ATTEMPTS || this.timing.now() + pause >= end) throw error;
        await this.timing.wait(pause);
      }
    }
  }

  private async inTime<T>(send: () => Promise<T>): Promise<T> {
    if (this.timing.now() < this.until) return send();
    throw new Failure('ServiceUnavailable', 'the time of this invocation is up: nothing more is sent');
  }
}

/** Whether it can be another answer a moment later. */
function isPassing({ name = '', code = '', $metadata }: ServiceError): boolean {
  const status = $metadata?.httpStatusCode ?? 0;
  return status === 429 || status >= 500
    || name === 'ServiceUnavailable' || name === 'TimeoutError' || /Throttl|LimitExceeded/.test(name)
    || /^E[A-Z_]+$/.test(code);
}
