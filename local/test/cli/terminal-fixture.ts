import { Terminal } from '../../src/cli/terminal';

/** A terminal that records what was printed, and that a test can interrupt. */
export class TerminalFixture implements Terminal {
  public readonly colours = false;
  public readonly printed: string[] = [];
  public readonly errors: string[] = [];
  public interrupt!: () => void;
  public readonly interrupted = new Promise<void>((resolve) => {
    this.interrupt = resolve;
  });

  private readonly waiting: Array<{ text: string; seen: () => void }> = [];

  public print(line: string): void {
    this.printed.push(line);
    this.waiting.filter(({ text }) => line.includes(text)).forEach(({ seen }) => seen());
  }

  public printError(line: string): void {
    this.errors.push(line);
  }

  /** Resolves when a line with this text is printed. */
  public until(text: string): Promise<void> {
    return new Promise((seen) => {
      if (this.printed.some((line) => line.includes(text))) {
        seen();
      }
      this.waiting.push({ text, seen });
    });
  }

  public get text(): string {
    return this.printed.join('\n');
  }
}
