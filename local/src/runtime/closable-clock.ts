import { CancelTimer, Clock, sleepWith } from '../clock';

/** The cloud's own view of a clock: when the cloud closes, all timers that it has set are gone. */
export class ClosableClock implements Clock {
  private readonly timers = new Set<CancelTimer>();
  private closed = false;

  constructor(private readonly clock: Clock) {}

  public now(): number {
    return this.clock.now();
  }

  public after(ms: number, callback: () => void): CancelTimer {
    if (this.closed) {
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
    return sleepWith(this, ms, signal);
  }

  public busy<T>(work: Promise<T>): Promise<T> {
    return this.clock.busy(work);
  }

  public close(): void {
    this.closed = true;
    this.timers.forEach((cancel) => cancel());
  }
}
