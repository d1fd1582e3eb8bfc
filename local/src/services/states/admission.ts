import { setImmediate } from 'node:timers/promises';
import { BackgroundWork } from '../../background-work';
import { Clock } from '../../clock';

/**
 * Lets executions begin as fast as the machine can do their tasks. On AWS a burst finds a thousand functions at its disposal;
 * here its tasks would wait for an instance until their time-outs end them. So the burst waits at the door instead.
 */
export class Admission {
  private readonly waiting: Array<() => void> = [];
  private readonly beginning = new Set<string>();
  private working = 0;
  private opening = false;

  /** @param limit tasks that may be under way before further executions wait. */
  constructor(private readonly clock: Clock, private readonly background: BackgroundWork, private readonly limit: number) {}

  /** Begins the execution as soon as there is room for its first task. */
  public admit(executionArn: string, begin: () => void): void {
    const enter = () => {
      this.beginning.add(executionArn);
      begin();
    };
    if (this.waiting.length === 0 && this.room > 0) {
      enter();
    } else {
      this.waiting.push(enter);
      this.open();
    }
  }

  /** The execution has ended, perhaps without any task. */
  public left(executionArn: string): void {
    this.beginning.delete(executionArn);
    this.open();
  }

  /** Counts a task for as long as it is under way. */
  public async during<T>(executionArn: string, work: () => Promise<T>): Promise<T> {
    this.beginning.delete(executionArn);
    this.working++;
    try {
      return await work();
    } finally {
      this.working--;
      this.open();
    }
  }

  private get room(): number {
    return this.limit - this.working - this.beginning.size;
  }

  /** One turn of the event loop later: an execution that has finished a task goes first with its next one. */
  private open(): void {
    if (this.opening || this.waiting.length === 0) {
      return;
    }
    this.opening = true;
    this.background.run('the admission of executions', () => this.clock.busy(this.admitWaiting()));
  }

  private async admitWaiting(): Promise<void> {
    await setImmediate();
    this.opening = false;
    while (this.room > 0 && this.waiting.length > 0) {
      this.waiting.shift()!();
    }
  }
}
