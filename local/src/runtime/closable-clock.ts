import { CancelTimer, Clock, sleepWith } from '../clock';
import { CloudClosed } from '../cloud-closed';

/** The cloud's own view of a clock: when the cloud closes, all timers that it has set are gone, and who sleeps is woken with an error. */
export class ClosableClock implements Clock {
  private readonly timers = new Set<CancelTimer>();
  private readonly closing = new AbortController();

  constructor(private readonly clock: Clock) {}

  public now(): number {
    return this.clock.now();
  }

  public after(ms: number, callback: () => void): CancelTimer {
    if (this.closing.signal.aborted) {
      return () => undefined;
    }
    const cancelTimer = this.clock.after(ms, () => {
      this.timers.delete(cancel);
      callback();
    });
    const cancel = (): void => {
      this.timers.delete(cancel);
      cancelTimer();
    };
    this.timers.add(cancel);
    return cancel;
  }

  public sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const closing = this.closing.signal;
    return sleepWith(this, ms, signal ? AbortSignal.any([signal, closing]) : closing);
  }

  public busy<T>(work: Promise<T>): Promise<T> {
    return this.clock.busy(work);
  }

  public close(): void {
    this.timers.forEach((cancel) => cancel());
    this.closing.abort(new CloudClosed());
  }
}
