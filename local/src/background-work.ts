import { Clock } from './clock';
import { CloudClosed } from './cloud-closed';

const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 60_000;

/** What a cloud does without a caller that awaits it. No failure of it ends the process, and closing awaits all of it. */
export class BackgroundWork {
  private readonly underWay = new Set<Promise<void>>();
  private closed = false;

  constructor(
    private readonly clock: Clock,
    private readonly log: (source: string, line: string) => void,
  ) {}

  /** Begins the work; a failure is logged. A closed cloud begins none. */
  public run(name: string, work: () => Promise<unknown>): void {
    if (!this.closed) {
      const ended = this.logged(name, work).finally(() => this.underWay.delete(ended));
      this.underWay.add(ended);
    }
  }

  /** Begins work with what is outside of this process, such as the database, and retries it until it succeeds. */
  public retry(name: string, work: () => Promise<unknown>): void {
    this.run(name, () => this.untilDone(name, work));
  }

  /** Begins nothing any more; resolves when all that is under way has ended. */
  public async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.underWay);
  }

  private async logged(name: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.report(name, error);
    }
  }

  private async untilDone(name: string, work: () => Promise<unknown>): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await this.clock.busy(work());
        return;
      } catch (error) {
        this.report(name, error);
      }
      await this.clock.sleep(Math.min(FIRST_BACKOFF_MS * 2 ** attempt, LONGEST_BACKOFF_MS));
    }
  }

  private report(name: string, error: unknown): void {
    if (!(error instanceof CloudClosed)) {
      this.log(name, `failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
