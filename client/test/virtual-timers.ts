import type { Timers } from '../src/index.ts';

interface Due {
  readonly at: number;
  readonly callback: () => void;
}

/** Time that passes only when a test advances it. */
export class VirtualTimers implements Timers {
  now = 0;
  private readonly pending = new Map<number, Due>();
  private handles = 0;

  setTimeout(callback: () => void, milliseconds: number): number {
    this.pending.set(++this.handles, { at: this.now + milliseconds, callback });
    return this.handles;
  }

  clearTimeout(handle: number): void {
    this.pending.delete(handle);
  }

  get count(): number {
    return this.pending.size;
  }

  /** Runs what is due, in order, and lets promises settle in between. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    await settled();
    for (let next = this.next(end); next; next = this.next(end)) {
      const [handle, due] = next;
      this.pending.delete(handle);
      this.now = due.at;
      due.callback();
      await settled();
    }
    this.now = end;
  }

  private next(end: number): [number, Due] | undefined {
    return [...this.pending].filter(([, due]) => due.at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
  }
}

/** Every promise that can settle without a timer has settled. */
export const settled = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
