import { isJsonObject, Json } from '../../json';

/** Whether a value of an event passes; undefined where the event has none. */
export type Test = (value: Json | undefined) => boolean;

/** A pattern that cannot be understood: it is refused, never taken for one that matches nothing. */
export class PatternError extends Error {}

/** One entry of a pattern's list: a plain value, or an object with one operator. */
export function compileLeaf(leaf: Json): Test {
  if (!isJsonObject(leaf)) {
    return (value) => value === leaf;
  }
  const [operator, ...others] = Object.keys(leaf);
  if (others.length > 0 || !Object.hasOwn(OPERATORS, operator)) {
    throw new PatternError(`${JSON.stringify(leaf)} is no pattern known here; known operators: ${Object.keys(OPERATORS).join(', ')}`);
  }
  return OPERATORS[operator](leaf[operator]);
}

const OPERATORS: Readonly<Record<string, (argument: Json) => Test>> = {
  'prefix': (argument) => onText(argument, (text, part) => text.startsWith(part)),
  'suffix': (argument) => onText(argument, (text, part) => text.endsWith(part)),
  'equals-ignore-case': (argument) => ignoringCase(argument, (text, part) => text === part),
  'wildcard': (argument) => {
    const pattern = new RegExp(`^${String(argument).split('*').map(literally).join('[^]*')}$`);
    return (value) => typeof value === 'string' && pattern.test(value);
  },
  'exists': (argument) => (value) => (value !== undefined) === argument,
  'numeric': (argument) => numeric(argument),
  'anything-but': (argument) => {
    const excluded = isJsonObject(argument) ? alternatives(argument) : [argument].flat().map((item) => compileLeaf(item));
    return (value) => value !== undefined && !excluded.some((test) => test(value));
  },
};

/** Within anything-but an operator may have a list: `{"prefix": ["a", "b"]}`. */
function alternatives(argument: { readonly [operator: string]: Json }): Test[] {
  return Object.entries(argument).flatMap(([operator, value]) => [value].flat().map((item) => compileLeaf({ [operator]: item })));
}

function onText(argument: Json, passes: (text: string, part: string) => boolean): Test {
  if (isJsonObject(argument) && typeof argument['equals-ignore-case'] === 'string') {
    return ignoringCase(argument['equals-ignore-case'], passes);
  }
  if (typeof argument !== 'string') {
    throw new PatternError(`${JSON.stringify(argument)} is not the text that an operator wants`);
  }
  return (value) => typeof value === 'string' && passes(value, argument);
}

function ignoringCase(argument: Json, passes: (text: string, part: string) => boolean): Test {
  const part = String(argument).toLowerCase();
  return (value) => typeof value === 'string' && passes(value.toLowerCase(), part);
}

const COMPARISONS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** Pairs of a comparison and a number, as `[">", 0, "<=", 5]`. */
function numeric(argument: Json): Test {
  const parts = Array.isArray(argument) ? argument : [];
  const tests: Array<(value: number) => boolean> = [];
  for (let index = 0; index < parts.length; index += 2) {
    const [comparison, limit] = [String(parts[index]), parts[index + 1]];
    if (!Object.hasOwn(COMPARISONS, comparison) || typeof limit !== 'number') {
      throw new PatternError(`${JSON.stringify(argument)} is no numeric pattern; write pairs such as [">", 0, "<=", 5]`);
    }
    tests.push((value) => COMPARISONS[comparison](value, limit));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
