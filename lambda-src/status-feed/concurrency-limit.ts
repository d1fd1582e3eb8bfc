/** Runs a limited number of tasks at a time, the others in the order in which they came. */
export class ConcurrencyLimit {
  private readonly waiting: Array<() => void> = [];

  public constructor(private places: number) {}

  public async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.places > 0) this.places--;
    else await new Promise<void>(resolve => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.places++;
    }
  }
}
