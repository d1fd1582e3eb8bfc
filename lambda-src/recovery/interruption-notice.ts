import { ANOTHER_MACHINE, End, OUT_OF_TIME, UNKNOWN } from './executions';

/** What is published about an execution that was interrupted. */
export interface InterruptionNotice {
  readonly kind: 'order-failed' | 'execution-interrupted';
  readonly error: string;
  readonly cause: string;
}

/** The failure of a closing step that could not be published. */
export interface UnpublishedFailure {
  readonly kind: 'closing-step-failed';
  readonly step: string;
  readonly error: string;
  readonly cause: string;
}

/** The error with which the saga ends after a failure that it caught. */
const CAUGHT = 'OrderFailed';
const CAUSE_LENGTH = 1_000;

const ERRORS: Readonly<Record<string, string>> = {
  ABORTED: 'ExecutionAborted', FAILED: 'ExecutionFailed', TIMED_OUT: 'ExecutionTimedOut',
};
const WORDS: Readonly<Record<string, string>> = {
  ABORTED: 'was aborted',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
  SUCCEEDED: 'succeeded and left its order open',
  [UNKNOWN]: 'is not known to Step Functions',
  [ANOTHER_MACHINE]: 'belongs to an earlier state machine of the workflow, and its order was taken over',
  [OUT_OF_TIME]: 'used the five minutes of an EXPRESS execution and left its order open',
};

/** What an end means for the order: a failure that was caught and could not be published, or one that was not caught. */
export function interruptionNotice({ execution, status, error, cause }: End): InterruptionNotice {
  const words = WORDS[status] ?? `ended as ${status}`;
  const why = [error, cause].filter(text => text).join(': ');
  return {
    kind: error === CAUGHT ? 'order-failed' : 'execution-interrupted',
    error: ERRORS[status] ?? 'ExecutionLost',
    cause: `the execution ${execution} ${words}${why && ` with ${why}`}`.slice(0, CAUSE_LENGTH),
  };
}
