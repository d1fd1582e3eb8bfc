import { Json } from '../json';

/** What `$$` and `$states.context` show. */
export interface ContextObject {
  readonly Execution: {
    readonly Id: string;
    readonly Input: Json;
    readonly StartTime: string;
    readonly Name: string;
    readonly RoleArn: string;
    /** STANDARD only: an EXPRESS execution cannot be redriven. */
    readonly RedriveCount?: number;
  };
  readonly StateMachine: { readonly Id: string; readonly Name: string };
  readonly State: { readonly Name: string; readonly EnteredTime: string; readonly RetryCount?: number };
  readonly Task?: { readonly Token: string };
  readonly Map?: { readonly Item: { readonly Index: number; readonly Key?: string; readonly Value: Json; readonly Source: string } };
}

/** Who is running: the part of the context object that the caller knows. */
export interface ExecutionIdentity {
  readonly executionArn: string;
  readonly executionName: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  readonly roleArn: string;
}

let latest = { ms: NaN, text: '' };

/** A time as AWS writes it: without zeros at the end. Many states are entered within one millisecond, and writing is not free. */
export function timestamp(ms: number): string {
  if (ms !== latest.ms) {
    latest = { ms, text: withoutZeros(new Date(ms).toISOString()) };
  }
  return latest.text;
}

function withoutZeros(time: string): string {
  return time.replace(/\.?0+Z$/, 'Z').replace(/:Z$/, ':00Z');
}
