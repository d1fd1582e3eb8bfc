import { contextOf } from './function-context';
import { InvocationOutcome, thrown, timedOut } from './function-error';
import { FunctionRunner } from './function-runner';
import { FunctionSettings } from './function-settings';
import { FunctionHandler } from './stand-ins';

/** Runs a function of the test in place of the function's own code. */
export class HandlerRunner implements FunctionRunner {
  constructor(public readonly config: FunctionSettings, private readonly handler: FunctionHandler, private readonly now: () => number) {}

  public async invoke(requestId: string, event: string): Promise<InvocationOutcome> {
    const { timeoutSeconds } = this.config;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<InvocationOutcome>((resolve) => {
      timer = setTimeout(() => resolve({ failed: timedOut(this.now(), requestId, timeoutSeconds) }), timeoutSeconds * 1000);
    });
    return Promise.race([this.run(requestId, event), timeout]).finally(() => clearTimeout(timer));
  }

  public async close(): Promise<void> {}

  private async run(requestId: string, event: string): Promise<InvocationOutcome> {
    try {
      const result = await this.handler(JSON.parse(event), contextOf(this.config, requestId));
      return { payload: JSON.stringify(result ?? null) };
    } catch (error) {
      return { failed: thrown(error) };
    }
  }
}
