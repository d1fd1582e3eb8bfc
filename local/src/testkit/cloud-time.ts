import { Clock } from '../clock';
import { VirtualClock } from '../virtual-clock';

/** The time of a cloud, as a test moves it: one mover at a time, so that what happens follows from the seed alone. */
export class CloudTime {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly clock: Clock) {}

  /** The time it is in the cloud. */
  public get now(): Date {
    return new Date(this.clock.now());
  }

  /** Moves time by so many milliseconds: what falls due on the way happens. */
  public advance(ms: number): Promise<void> {
    const { clock } = this;
    if (!(clock instanceof VirtualClock)) {
      throw new Error('this cloud runs in real time, which nobody can move: start it without a clock of its own');
    }
    return this.afterOthers(() => clock.advance(ms));
  }

  /**
   * Lets time go on until the promise settles, and what is then under way finish.
   * @param limitMs how long it may take, in the cloud's time
   * @param tooLate what is wrong if it takes longer
   */
  public until<T>(outcome: Promise<T>, limitMs: number, tooLate: () => string): Promise<T> {
    return this.afterOthers(async () => {
      let giveUp = (_: Error): void => undefined;
      const limit = new Promise<never>((_, reject) => {
        giveUp = reject;
      });
      const cancel = this.clock.after(limitMs, () => giveUp(new Error(tooLate())));
      try {
        const first = Promise.race([outcome, limit]);
        return await (this.clock instanceof VirtualClock ? this.clock.until(first) : first);
      } finally {
        cancel();
        await (this.clock instanceof VirtualClock ? this.clock.idle() : undefined);
      }
    });
  }

  private afterOthers<T>(move: () => Promise<T>): Promise<T> {
    const moved = this.turn.then(move);
    this.turn = moved.catch(() => undefined);
    return moved;
  }
}
