import { InvocationOutcome } from './function-error';
import { FunctionRunner } from './function-runner';
import { FunctionSettings } from './function-settings';

/** A function whose code does not run here: it exists, and fails when it is invoked. */
export class MissingRunner implements FunctionRunner {
  private isReported = false;

  /** @param path of the function's construct */
  constructor(
    public readonly config: FunctionSettings,
    private readonly path: string,
    private readonly why: string,
    private readonly warn: (message: string) => void,
  ) {}

  public async invoke(): Promise<InvocationOutcome> {
    const errorMessage = `the function ${this.path} ${this.why}: give what stands in for it, `
      + `in a test as { functions: { '${this.path}': (event) => … } }, to the command as --function ${this.path}=stub.mjs`;
    if (!this.isReported) {
      this.isReported = true;
      this.warn(errorMessage);
    }
    return { failed: { errorType: 'Runtime.NotSupported', errorMessage } };
  }

  public async close(): Promise<void> {}
}
