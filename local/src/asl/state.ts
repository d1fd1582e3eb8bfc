import { Payload } from './payload';
import { StateIdentity } from './state-identity';
import { Visit } from './visit';
import { Json } from '../json';

/** What a state hands on. */
export interface Step {
  readonly output: Payload;
  readonly assigned?: { readonly [variable: string]: Json };
  /** The next state's name; none ends the workflow. */
  readonly next: string | undefined;
}

/** A compiled state: immutable, shared by all executions. */
export interface State extends StateIdentity {
  run(visit: Visit): Promise<Step>;
}

/** The states of a machine, of a branch, or of an item processor. */
export interface Workflow {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}
