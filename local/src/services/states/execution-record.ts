import { DeferredExecution } from './deferred-execution';
import { LiveMachine } from './live-machine';
import { HistoryEvent, Outcome } from '../../asl';
import { JsonObject } from '../../json';

/** An execution and what is known of it. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly name: string;
  readonly machine: LiveMachine;
  /** The machine's, version's or alias's ARN by which it was started. */
  readonly startedBy: string;
  readonly input: string;
  readonly execution: DeferredExecution;
  readonly history: HistoryEvent[];
  /** How it ended; never rejects. */
  readonly ended: Promise<Outcome>;
  outcome?: Outcome;
  stoppedAt?: number;
}

export function describeExecution(record: ExecutionRecord): JsonObject {
  const { outcome, stoppedAt, machine, startedBy } = record;
  return {
    executionArn: record.arn,
    stateMachineArn: machine.arn,
    name: record.name,
    status: outcome?.status ?? 'RUNNING',
    startDate: record.execution.startedAt / 1000,
    ...(stoppedAt !== undefined && { stopDate: stoppedAt / 1000 }),
    input: record.input,
    inputDetails: { included: true },
    ...(outcome?.status === 'SUCCEEDED' && { output: JSON.stringify(outcome.output), outputDetails: { included: true } }),
    ...(outcome && outcome.status !== 'SUCCEEDED' && {
      ...(outcome.error !== undefined && { error: outcome.error }),
      ...(outcome.cause !== undefined && { cause: outcome.cause }),
    }),
    ...(startedBy !== machine.arn && { [/:\d+$/.test(startedBy) ? 'stateMachineVersionArn' : 'stateMachineAliasArn']: startedBy }),
    redriveCount: 0,
    redriveStatus: 'NOT_REDRIVABLE',
  };
}
