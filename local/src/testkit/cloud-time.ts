import { CancelTimer, Clock } from '../clock';
import { VirtualClock } from '../virtual-clock';

/** The time of a cloud, as tests advance it: one call at a time, so that a run depends on the seed alone. */
export class CloudTime {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly clock: Clock) {}

  /** The time it is in the cloud. */
  public get now(): Date {
    return new Date(this.clock.now());
  }

  /** Advances time by so many milliseconds: what is due in between happens. */
  public advance(ms: number): Promise<void> {
    const { clock } = this;
    if (!(clock instanceof VirtualClock)) {
      throw new Error('this cloud runs in real time, which cannot be advanced: start it without the option clock');
    }
    return this.afterOthers(() => clock.advance(ms));
  }

  /**
   * Lets time pass until the promise settles, and what is then under way finish. Real time passes by itself.
   * @param limitMs how long it may take, in virtual time
   * @param tooLate the message of the error if it takes longer
   */
  public until<T>(outcome: Promise<T>, limitMs: number, tooLate: () => string): Promise<T> {
    const { clock } = this;
    return clock instanceof VirtualClock ? this.afterOthers(() => untilOrLimit(clock, outcome, limitMs, tooLate)) : outcome;
  }

  private afterOthers<T>(move: () => Promise<T>): Promise<T> {
    const moved = this.turn.then(move);
    this.turn = moved.catch(() => undefined);
    return moved;
  }
}

async function untilOrLimit<T>(clock: VirtualClock, outcome: Promise<T>, limitMs: number, tooLate: () => string): Promise<T> {
  let cancel: CancelTimer = () => undefined;
  const limit = new Promise<never>((_, reject) => {
    cancel = clock.after(limitMs, () => reject(new Error(tooLate())));
  });
  try {
    return await clock.until(Promise.race([outcome, limit]));
  } finally {
    cancel();
    await clock.idle();
  }
}
