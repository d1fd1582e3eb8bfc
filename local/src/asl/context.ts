import { Json } from '../json';

/** What `$$` and `$states.context` show. */
export interface ContextObject {
  readonly Execution: {
    readonly Id: string;
    readonly Input: Json;
    readonly StartTime: string;
    readonly Name: string;
    readonly RoleArn: string;
    readonly RedriveCount: number;
  };
  readonly StateMachine: { readonly Id: string; readonly Name: string };
  readonly State: { readonly Name: string; readonly EnteredTime: string; readonly RetryCount?: number };
  readonly Task?: { readonly Token: string };
  readonly Map?: { readonly Item: { readonly Index: number; readonly Value: Json } };
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

/** Many states are entered within one millisecond, and writing a time is not free. */
export function timestamp(ms: number): string {
  if (ms !== latest.ms) {
    latest = { ms, text: new Date(ms).toISOString() };
  }
  return latest.text;
}
