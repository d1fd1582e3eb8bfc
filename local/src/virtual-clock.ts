import { CancelTimer, Clock, sleepWith } from './clock';
import { TimerQueue } from './timer-queue';

/** Where virtual time begins unless a test says otherwise. */
const DEFAULT_START = Date.UTC(2026, 0, 1);

/**
 * Time that passes only when it is advanced, and never while real work is in flight.
 * A test awaits an outcome with `await clock.until(outcome)`: time then jumps from timer to timer.
 */
export class VirtualClock implements Clock {
  private readonly timers = new TimerQueue();
  private time: number;
  private inFlight = 0;
  private wakeUps: Array<() => void> = [];

  constructor(start: number = DEFAULT_START) {
    this.time = start;
  }

  public now(): number {
    return this.time;
  }

  public after(ms: number, callback: () => void): CancelTimer {
    const timer = this.timers.add(this.time + Math.max(0, ms), callback);
    return () => {
      timer.cancelled = true;
    };
  }

  public sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepWith(this, ms, signal);
  }

  public async busy<T>(work: Promise<T>): Promise<T> {
    this.inFlight++;
    try {
      return await work;
    } finally {
      this.inFlight--;
      if (this.inFlight === 0) {
        this.wakeUps.splice(0).forEach((wakeUp) => wakeUp());
      }
    }
  }

  /** Moves time by `ms`, firing what falls due on the way and letting it finish what it can. */
  public async advance(ms: number): Promise<void> {
    const target = this.time + ms;
    await this.idle();
    while ((this.timers.peek()?.due ?? Infinity) <= target) {
      await this.fireNext();
    }
    this.time = target;
  }

  /** Lets time jump from timer to timer until the promise settles. */
  public async until<T>(outcome: Promise<T>): Promise<T> {
    let settled = false;
    const settle = () => {
      settled = true;
    };
    outcome.then(settle, settle);
    await this.idle();
    while (!settled) {
      if (!this.timers.peek()) {
        throw new Error('virtual time stands still: nothing is in flight, no timer is set, and the awaited promise is not settled');
      }
      await this.fireNext();
    }
    return outcome;
  }

  /** Resolves when everything that can go on without time passing has gone on. */
  public async idle(): Promise<void> {
    do {
      if (this.inFlight > 0) {
        await new Promise<void>((resolve) => this.wakeUps.push(resolve));
      }
      // A turn of the event loop: all microtasks, and so all our own code, have run before it.
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.inFlight > 0);
  }

  /** Fires all timers that are due at the next instant: what happens at the same time sees none of the others first. */
  private async fireNext(): Promise<void> {
    const next = this.timers.peek();
    if (next) {
      this.time = Math.max(this.time, next.due);
      while (this.timers.peek()?.due === next.due) {
        this.timers.take()!.callback();
      }
    }
    await this.idle();
  }
}
