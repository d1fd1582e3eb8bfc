import { CancelTimer, Clock, sleepWith } from './clock';

/** The longest delay that setTimeout takes; longer ones fire at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** The machine's own time. */
export class RealClock implements Clock {
  public now(): number {
    return Date.now();
  }

  public after(ms: number, callback: () => void): CancelTimer {
    const due = this.now() + ms;
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const left = due - this.now();
      timer = left > LONGEST_TIMEOUT_MS ? setTimeout(arm, LONGEST_TIMEOUT_MS) : setTimeout(callback, Math.max(0, left));
    };
    arm();
    return () => clearTimeout(timer);
  }

  public sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepWith(this, ms, signal);
  }

  public busy<T>(work: Promise<T>): Promise<T> {
    return work;
  }
}
