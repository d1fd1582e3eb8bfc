import type { Machines } from './executions';
import { setting } from '../environment';

/** For how many seconds an execution may work without a write to the row of its order, each try and retry included. */
export interface LongestTimes {
  /** All that an order can take, without waits for decisions. */
  readonly order: number;
  /** One compensation. */
  readonly undo: number;
  /** What comes next for an order in this status. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** What the construct has computed from the timeouts and retry policies of the steps. */
export function longestTimes(): LongestTimes {
  return JSON.parse(setting('LONGEST_TIMES')) as LongestTimes;
}

/** The state machines of the workflow, which both functions of the recovery get. */
export function machinesOfEnvironment(): Machines {
  return { arns: [setting('STATE_MACHINE_ARN'), setting('RECOVERY_MACHINE_ARN')], longestOrderSeconds: longestTimes().order };
}
