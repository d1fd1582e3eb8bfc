/** What a longer one would be taken for is no time at all. */
const LONGEST = 2 ** 31 - 1;

/** Where time comes from, so that a test can bring its own. */
export interface Timers {
  setTimeout(callback: () => void, milliseconds: number): unknown;
  clearTimeout(handle: any): void;
}

/** The machine's timers, looked up at each call, so that they can be replaced by a test's after this was loaded. */
export const machineTimers: Timers = {
  setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
  clearTimeout: (handle) => clearTimeout(handle),
};

/** One thing to do later. Starting it again puts the earlier one off. */
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
