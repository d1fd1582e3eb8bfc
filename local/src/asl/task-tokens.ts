import { TaskFailure } from './task-runner';
import { Json } from '../json';
import { Random, randomHex } from '../random';

interface WaitingTask {
  readonly executionArn: string;
  readonly succeed: (output: Json) => void;
  readonly fail: (failure: TaskFailure) => void;
  readonly heartbeat: () => void;
}

/** No task waits for this token: it was never issued, was answered before, or its task has timed out. */
export class UnknownTaskToken extends Error {
  constructor() {
    super('no task waits for this token: it was never issued, was answered already, or its task timed out');
    this.name = 'UnknownTaskToken';
  }
}

/** The tasks that wait for a result from outside, by token. One instance serves all executions. */
export class TaskTokens {
  private readonly waiting = new Map<string, WaitingTask>();

  public succeed(token: string, output: Json): void {
    this.take(token).succeed(output);
  }

  public fail(token: string, error?: string, cause?: string): void {
    this.take(token).fail(new TaskFailure(error, cause));
  }

  public heartbeat(token: string): void {
    this.find(token).heartbeat();
  }

  /** The execution that waits for a token, if one does. */
  public executionOf(token: string): string | undefined {
    return this.waiting.get(token)?.executionArn;
  }

  public create(random: Random): string {
    return randomHex(random, 64);
  }

  public wait(token: string, task: WaitingTask): void {
    this.waiting.set(token, task);
  }

  public forget(token: string): void {
    this.waiting.delete(token);
  }

  private take(token: string): WaitingTask {
    const task = this.find(token);
    this.waiting.delete(token);
    return task;
  }

  private find(token: string): WaitingTask {
    const task = this.waiting.get(token);
    if (!task) {
      throw new UnknownTaskToken();
    }
    return task;
  }
}
