/** The error names that the interpreter itself reports. */
export const ErrorName = {
  ALL: 'States.ALL',
  TASK_FAILED: 'States.TaskFailed',
  TIMEOUT: 'States.Timeout',
  HEARTBEAT_TIMEOUT: 'States.HeartbeatTimeout',
  RUNTIME: 'States.Runtime',
  DATA_LIMIT_EXCEEDED: 'States.DataLimitExceeded',
  QUERY_EVALUATION: 'States.QueryEvaluationError',
  INTRINSIC: 'States.IntrinsicFailure',
  RESULT_PATH: 'States.ResultPathMatchFailure',
  TOLERATED_FAILURES: 'States.ExceedToleratedFailureThreshold',
} as const;

/** A state that failed: what Retry and Catch look at, and what ends the execution if they let it pass. */
export class StateFailure extends Error {
  constructor(
    public readonly error: string | undefined,
    public override readonly cause: string | undefined,
    /** The task itself reported it; then wildcards match it whatever its name is. */
    public readonly reportedByTask = false,
    /** It is a time-out for want of a heartbeat: AWS calls it States.Timeout, but catches it under either name. */
    public readonly missedHeartbeat = false,
  ) {
    super(`${error}: ${cause}`);
    this.name = 'StateFailure';
  }
}

/** An expression, path or field value that did not work out. The visit to the state makes a StateFailure of it. */
export class EvaluationFailure extends Error {
  constructor(
    public readonly error: string,
    public readonly problem: string,
    /** The field within the state, for the EvaluationFailed event. */
    public readonly location?: string,
    /** The expression itself worked out, but the field cannot take its value. */
    public readonly ofValue = false,
  ) {
    super(problem);
    this.name = 'EvaluationFailure';
  }
}

/** The scope in which a state ran was ended from outside. */
export class Aborted extends Error {
  constructor() {
    super('aborted');
    this.name = 'Aborted';
  }
}

/** Whether an error leaves nothing to be said by the states around: States.Runtime, and what is no failure of a state at all. */
export function endsExecution(error: unknown): boolean {
  return !(error instanceof StateFailure) || error.error === ErrorName.RUNTIME;
}
