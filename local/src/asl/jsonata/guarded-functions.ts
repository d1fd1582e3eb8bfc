import { Budget, budgetOf, Environment } from './budget';
import { NativeFunction, nativeFunction } from './native-functions';

/** The name under which `..` is called: no expression can write it. */
export const RANGE = ' range';

/** The functions that make much of little, or take long over it: they pay before they begin. */
export const GUARDED_FUNCTIONS: Readonly<Record<string, NativeFunction>> = {
  [RANGE]: { _jsonata_function: true, implementation: range },
  pad: paying('pad', (budget, _text, width, filler) => budget.spendText(Math.abs(Number(width)) * Math.max(1, lengthOf(filler)))),
  join: paying('join', (budget, texts, separator) => budget.spendText(lengthOf(texts) * lengthOf(separator))),
  distinct: paying('distinct', (budget, values) => budget.spendValues(lengthOf(values) ** 2 / 16)),
};

function paying(name: string, pay: (budget: Budget, ...args: unknown[]) => void): NativeFunction {
  const native = nativeFunction(name);
  return {
    ...native,
    implementation(...args) {
      pay(budgetOf(this.environment), ...args);
      return native.implementation.apply(this, args);
    },
  };
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 0;
}

/** As the operator `..` of jsonata, whose errors have these codes. */
function range(this: { environment: Environment }, first: unknown, last: unknown): unknown {
  for (const [code, value] of [['T2003', first], ['T2004', last]] as const) {
    if (value !== undefined && !Number.isInteger(value)) {
      throw { code, value };
    }
  }
  const [from, to] = [first as number | undefined, last as number | undefined];
  if (from === undefined || to === undefined || from > to) {
    return undefined;
  }
  budgetOf(this.environment).spendValues(to - from);
  const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return Object.assign(numbers, { sequence: true });
}
