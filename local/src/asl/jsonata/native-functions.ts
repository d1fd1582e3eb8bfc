import jsonata from 'jsonata';
import { Environment } from './budget';

/** A function of jsonata's own, as it keeps it. */
export interface NativeFunction {
  readonly _jsonata_function: true;
  readonly implementation: (this: { environment: Environment }, ...args: never[]) => unknown;
}

let natives: Environment | undefined;

/** Looks a function up where jsonata itself does: only the observers of an evaluation see its functions. */
export function nativeFunction(name: string): NativeFunction {
  if (!natives) {
    const expression = jsonata('1');
    const assign = expression.assign as unknown as (name: symbol, value: unknown) => void;
    assign(Symbol.for('jsonata.__evaluate_entry'), (_node: unknown, _input: unknown, environment: Environment) => {
      natives = environment;
    });
    // The observer is called before this returns.
    expression.evaluate(undefined).catch(() => undefined);
  }
  return natives!.lookup(name) as NativeFunction;
}
