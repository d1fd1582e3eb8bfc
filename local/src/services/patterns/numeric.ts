import { LeafTest } from './leaf-pattern';
import { PatternError } from './pattern-error';
import { Json } from '../../json';

type Comparison = (value: number, limit: number) => boolean;

const UPPER: Readonly<Record<string, Comparison>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
};
const LOWER: Readonly<Record<string, Comparison>> = {
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};
const COMPARISONS: Readonly<Record<string, Comparison>> = { '=': (value, limit) => value === limit, ...UPPER, ...LOWER };

/** A comparison with a number, or a lower and an upper bound: `[">", 0, "<=", 5]`. */
export function numeric(operand: Json): LeafTest {
  if (!Array.isArray(operand)) {
    throw new PatternError('Value of numeric must be an array.');
  }
  const [operator, limit, ...rest] = operand;
  if (typeof operator !== 'string') {
    throw new PatternError(`Invalid member in numeric match: ${operator === undefined ? ']' : String(operator)}`);
  }
  if (!Object.hasOwn(COMPARISONS, operator)) {
    throw new PatternError(`Unrecognized numeric range operator: ${operator}`);
  }
  const lower = comparable(limit, operator === '=' ? 'equals' : operator);
  const passes = COMPARISONS[operator];
  if (rest.length === 0) {
    return onNumber((value) => passes(value, lower));
  }
  if (!Object.hasOwn(LOWER, operator)) {
    throw new PatternError('Too many elements in numeric expression');
  }
  const passesUpper = upperBound(rest, lower);
  return onNumber((value) => passes(value, lower) && passesUpper(value));
}

function upperBound([operator, limit, ...rest]: readonly Json[], lower: number): (value: number) => boolean {
  if (typeof operator !== 'string') {
    throw new PatternError(`Bad value in numeric range: ${String(operator)}`);
  }
  if (!Object.hasOwn(UPPER, operator)) {
    throw new PatternError(`Bad numeric range operator: ${operator}`);
  }
  const upper = comparable(limit, operator);
  if (rest.length > 0) {
    throw new PatternError('Too many terms in numeric range expression');
  }
  if (lower >= upper) {
    throw new PatternError('Bottom must be less than top');
  }
  return (value) => UPPER[operator](value, upper);
}

/** A number within the range of doubles, which is what the ruler compares. */
function comparable(limit: Json | undefined, operator: string): number {
  if (typeof limit !== 'number') {
    throw new PatternError(`Value of ${operator} must be numeric`);
  }
  if (!Number.isFinite(limit)) {
    throw new PatternError(`Cannot compare number : ${limit}`);
  }
  return limit;
}

function onNumber(passes: (value: number) => boolean): LeafTest {
  return (value) => typeof value === 'number' && passes(value);
}
