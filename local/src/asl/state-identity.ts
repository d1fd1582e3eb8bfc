export type StateType = 'Pass' | 'Task' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';

/** What events and the context object show of a state. */
export interface StateIdentity {
  readonly name: string;
  readonly type: StateType;
  /** Whether it can have retriers; then its context shows the retry count. */
  readonly retries: boolean;
}
