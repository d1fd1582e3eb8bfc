import { FunctionContext } from './function-context';
import { Refusal } from '../../assembly';
import { Resource } from '../resource';

/** A function of a test that answers events. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a handler names the type of its own event
export type FunctionHandler = (event: any, context: FunctionContext) => unknown;

/** What runs instead of a function's own code: a function of the test, or the file of a module that exports `handler`. */
export type StandIn = FunctionHandler | string;

/** The functions whose code a test or the command replaces: by logical id, by the path of the construct, or by the end of that. */
export class StandIns {
  private readonly used = new Map<string, string>();

  constructor(private readonly given: Readonly<Record<string, StandIn>> = {}) {}

  public for(resource: Resource): StandIn | undefined {
    const name = Object.keys(this.given).find((one) => resource.isMeantBy(one));
    if (name === undefined) {
      return undefined;
    }
    const other = this.used.get(name);
    if (other !== undefined) {
      throw new Refusal(`what stands in for the function ${name} fits several: ${other}, ${resource.path}; give more of the path`);
    }
    this.used.set(name, resource.path);
    return this.given[name];
  }

  /** A name that is mistyped would let the function's own code run. */
  public refuseUnused(functions: readonly string[]): void {
    const unused = Object.keys(this.given).find((name) => !this.used.has(name));
    if (unused !== undefined) {
      throw new Refusal(`there is no function ${unused} to stand in for; there are ${functions.join(', ') || 'none'}`);
    }
  }
}
