/** The longest delay of setTimeout: a longer one fires at once. */
const LONGEST = 2 ** 31 - 1;

/** The timers to wait with, which tests can replace. */
export interface Timers {
  setTimeout(callback: () => void, milliseconds: number): unknown;
  clearTimeout(handle: any): void;
}

/** The global timers, looked up at each call, so that a test can replace them after this module was loaded. */
export const machineTimers: Timers = {
  setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
  clearTimeout: (handle) => clearTimeout(handle),
};

/** One timer. Starting it again cancels the earlier start. */
export class Timer {
  private readonly timers: Timers;
  private handle: unknown;

  constructor(timers: Timers) {
    this.timers = timers;
  }

  get running(): boolean {
    return this.handle !== undefined;
  }

  start(milliseconds: number, then: () => void): void {
    this.stop();
    this.handle = this.timers.setTimeout(() => {
      this.handle = undefined;
      then();
    }, Math.min(milliseconds, LONGEST));
  }

  stop(): void {
    if (this.handle !== undefined) {
      this.timers.clearTimeout(this.handle);
      this.handle = undefined;
    }
  }
}
