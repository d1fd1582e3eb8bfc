import { isLikeArn } from './arn-pattern';
import { BINARY, BOOLEAN, DATE, IP_RANGE, isInRange, NUMBER, readDate, readNumber, ValueKind } from './condition-values';
import { fits } from './pattern';
import { Filled } from './template';

/** How a condition compares what a policy wants with a value of the call. */
export interface Operator {
  readonly matches: (wanted: Filled, seen: string) => boolean;
  /** The condition holds where none of the values that the policy lists matches. */
  readonly negated?: boolean;
  /** What a value of the policy has to be, where not every text will do. */
  readonly kind?: ValueKind;
}

const stringEquals = ({ text }: Filled, seen: string) => text === seen;
const equalsIgnoreCase = ({ text }: Filled, seen: string) => text.toLowerCase() === seen.toLowerCase();
const stringLike = ({ pattern }: Filled, seen: string) => fits(pattern, seen);
const arnLike = ({ pattern }: Filled, seen: string) => isLikeArn(pattern, seen);
const inRange = ({ text }: Filled, seen: string) => isInRange(text, seen);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { matches: stringEquals },
  StringNotEquals: { matches: stringEquals, negated: true },
  StringEqualsIgnoreCase: { matches: equalsIgnoreCase },
  StringNotEqualsIgnoreCase: { matches: equalsIgnoreCase, negated: true },
  StringLike: { matches: stringLike },
  StringNotLike: { matches: stringLike, negated: true },
  ArnEquals: { matches: arnLike },
  ArnLike: { matches: arnLike },
  ArnNotEquals: { matches: arnLike, negated: true },
  ArnNotLike: { matches: arnLike, negated: true },
  Bool: { matches: equalsIgnoreCase, kind: BOOLEAN },
  BinaryEquals: { matches: stringEquals, kind: BINARY },
  IpAddress: { matches: inRange, kind: IP_RANGE },
  NotIpAddress: { matches: inRange, negated: true, kind: IP_RANGE },
  ...comparisons('Numeric', NUMBER, readNumber),
  ...comparisons('Date', DATE, readDate),
};

export function findOperator(name: string): Operator | undefined {
  return Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
}

/** The six comparisons of things that have an order. What a call sends and cannot be read matches nothing. */
function comparisons(family: string, kind: ValueKind, read: (text: string) => number): Record<string, Operator> {
  const compare = (test: (seen: number, wanted: number) => boolean) => ({ text }: Filled, seen: string) => test(read(seen), read(text));
  const equals = compare((seen, wanted) => seen === wanted);
  return {
    [`${family}Equals`]: { matches: equals, kind },
    [`${family}NotEquals`]: { matches: equals, negated: true, kind },
    [`${family}LessThan`]: { matches: compare((seen, wanted) => seen < wanted), kind },
    [`${family}LessThanEquals`]: { matches: compare((seen, wanted) => seen <= wanted), kind },
    [`${family}GreaterThan`]: { matches: compare((seen, wanted) => seen > wanted), kind },
    [`${family}GreaterThanEquals`]: { matches: compare((seen, wanted) => seen >= wanted), kind },
  };
}
