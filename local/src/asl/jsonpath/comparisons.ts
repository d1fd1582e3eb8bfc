import { Json } from '../../json';
import { parseIsoTime } from '../iso-time';
import { matchesWildcards } from '../wildcards';

export interface Comparison {
  /** What the operator's own value must be. */
  readonly expects: 'boolean' | 'number' | 'string' | 'path';
  /** `value` is undefined where the rule's Variable leads nowhere. */
  holds(value: Json | undefined, expected: Json): boolean;
}

type Ordering = (order: number) => boolean;

const ORDERINGS: Record<string, Ordering> = {
  Equals: (order) => order === 0,
  LessThan: (order) => order < 0,
  GreaterThan: (order) => order > 0,
  LessThanEquals: (order) => order <= 0,
  GreaterThanEquals: (order) => order >= 0,
};

/** The operators of JSONPath choice rules, by name. Values of another type than the operator's never match. */
export const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ...typeTest('IsPresent', (value) => value !== undefined),
  ...typeTest('IsNull', (value) => value === null),
  ...typeTest('IsString', (value) => typeof value === 'string'),
  ...typeTest('IsNumeric', (value) => typeof value === 'number'),
  ...typeTest('IsBoolean', (value) => typeof value === 'boolean'),
  ...typeTest('IsTimestamp', (value) => typeof value === 'string' && parseIsoTime(value) !== undefined),
  ...withPath('BooleanEquals', 'boolean', (value, expected) => typeof value === 'boolean' && value === expected),
  ['StringMatches', { expects: 'string', holds: (value, pattern) => typeof value === 'string' && matchesWildcards(value, pattern as string) }],
  ...Object.entries(ORDERINGS).flatMap(([name, ordering]) => [
    ...withPath(`String${name}`, 'string', (a, b) => typeof a === 'string' && typeof b === 'string' && ordering(a < b ? -1 : a > b ? 1 : 0)),
    ...withPath(`Numeric${name}`, 'number', (a, b) => typeof a === 'number' && typeof b === 'number' && ordering(a - b)),
    ...withPath(`Timestamp${name}`, 'string', (a, b) => ordered(a, b, ordering)),
  ]),
]);

function typeTest(name: string, test: (value: Json | undefined) => boolean): Array<[string, Comparison]> {
  return [[name, { expects: 'boolean', holds: (value, expected) => test(value) === expected }]];
}

function withPath(name: string, expects: Comparison['expects'], holds: Comparison['holds']): Array<[string, Comparison]> {
  return [
    [name, { expects, holds }],
    [`${name}Path`, { expects: 'path', holds }],
  ];
}

function ordered(a: Json | undefined, b: Json, ordering: Ordering): boolean {
  const left = typeof a === 'string' ? parseIsoTime(a) : undefined;
  const right = typeof b === 'string' ? parseIsoTime(b) : undefined;
  return left !== undefined && right !== undefined && ordering(left - right);
}
