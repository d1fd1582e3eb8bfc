/** Lets so many in at a time; the others wait in line. */
export class Gate {
  private readonly line: Array<() => void> = [];

  public constructor(private places: number) {}

  public async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.places > 0) this.places--;
    else await new Promise<void>(resolve => this.line.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.line.shift();
      if (next) next();
      else this.places++;
    }
  }
}
