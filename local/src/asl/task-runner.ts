import { Json } from '../json';

/** The port to whatever does the work of a Task state. */
export interface TaskRunner {
  /** What is wrong with the parameters of a task, so that it cannot even be scheduled. */
  problemsOf?(resource: string, parameters: Json): readonly string[];

  /**
   * Does the work and resolves with its result. Rejects with a TaskFailure when the work failed;
   * any other error means that the runner cannot do this, and ends the execution with that error.
   * With `token`, resolving means that the request is made; the result comes through the token.
   */
  run(task: TaskRequest): Promise<Json>;
}

export interface TaskRequest {
  /** The state's Resource, as written. */
  readonly resource: string;
  /** What Arguments or Parameters came to. */
  readonly arguments: Json;
  readonly stateName: string;
  readonly executionArn: string;
  /** 0 for the first attempt. */
  readonly attempt: number;
  /** Set for `.waitForTaskToken`. */
  readonly token?: string;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  readonly credentials?: Json;
  /** Aborted when the result is no longer awaited. */
  readonly signal: AbortSignal;
  /** Reports that a service has accepted the work and continues it, as with `.sync`; the history then has a TaskSubmitted event. */
  submitted(output: Json): void;
}

/** The work failed, under this name. */
export class TaskFailure extends Error {
  constructor(
    public readonly error: string | undefined,
    public override readonly cause?: string,
  ) {
    super(cause === undefined ? error : `${error}: ${cause}`);
    this.name = 'TaskFailure';
  }
}
