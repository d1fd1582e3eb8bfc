import { Payload } from './payload';
import { Visit } from './visit';
import { Json } from '../json';

export type StateType = 'Pass' | 'Task' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';

/** What a state hands on. */
export interface Step {
  readonly output: Payload;
  readonly assigned?: { readonly [variable: string]: Json };
  /** The next state's name; none ends the workflow. */
  readonly next: string | undefined;
}

/** A compiled state: immutable, shared by all executions. */
export interface State {
  readonly name: string;
  readonly type: StateType;
  /** Whether it can have retriers; then its context shows the retry count. */
  readonly retries: boolean;
  run(visit: Visit): Promise<Step>;
}

/** The states of a machine, of a branch, or of an item processor. */
export interface Workflow {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}
