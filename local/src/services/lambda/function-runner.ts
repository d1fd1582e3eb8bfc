import { InvocationOutcome } from './function-error';
import { FunctionSettings } from './function-settings';

/** Runs the events of one function. */
export interface FunctionRunner {
  readonly config: FunctionSettings;
  invoke(requestId: string, event: string): Promise<InvocationOutcome>;
  close(): Promise<void>;
}
