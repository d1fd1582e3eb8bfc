import { Execution, ExecutionOptions, Outcome } from '../../asl';

/** An execution that was accepted, and begins when the concurrency limit allows it. */
export class DeferredExecution {
  public readonly startedAt: number;
  /** How it ended; rejects only with an error of what runs it. */
  public readonly outcome: Promise<Outcome>;
  private running?: Execution;
  private stopped = false;
  private end!: (outcome: Outcome | Promise<Outcome>) => void;

  constructor(private readonly options: ExecutionOptions) {
    this.startedAt = options.clock.now();
    this.outcome = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  public begin(): void {
    if (!this.stopped) {
      this.running = new Execution(this.options);
      this.end(this.running.outcome.finally(() => this.forget()));
    }
  }

  /** Ends it from outside, even before it began. */
  public stop(error?: string, cause?: string): void {
    if (this.running) {
      this.running.stop(error, cause);
    } else {
      this.stopped = true;
      this.end({ status: 'ABORTED', error, cause });
    }
  }

  /** How it ended stays known; what it held is let go. */
  private forget(): void {
    this.running = undefined;
  }
}
