import { BlockList, isIP } from 'node:net';
import { fits, isLikeArn } from './pattern';
import { Filled } from './template';

/** How a condition compares what a policy wants with a value of the call. */
export interface Operator {
  readonly matches: (wanted: Filled, seen: string) => boolean;
  /** The condition holds where none of the values that the policy lists matches. */
  readonly negated?: boolean;
}

const stringEquals = ({ text }: Filled, seen: string) => text === seen;
const equalsIgnoreCase = ({ text }: Filled, seen: string) => text.toLowerCase() === seen.toLowerCase();
const stringLike = ({ pattern }: Filled, seen: string) => fits(pattern, seen);
const arnLike = ({ pattern }: Filled, seen: string) => isLikeArn(pattern, seen);

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
  Bool: { matches: equalsIgnoreCase },
  BinaryEquals: { matches: stringEquals },
  IpAddress: { matches: ({ text }, seen) => isInRange(text, seen) },
  NotIpAddress: { matches: ({ text }, seen) => isInRange(text, seen), negated: true },
  ...comparisons('Numeric', (text) => (text.trim() === '' ? NaN : Number(text))),
  ...comparisons('Date', readDate),
};

export function findOperator(name: string): Operator | undefined {
  return Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
}

/** The six comparisons of things that have an order. What cannot be read matches nothing. */
function comparisons(family: string, read: (text: string) => number): Record<string, Operator> {
  const compare = (test: (seen: number, wanted: number) => boolean) => ({ text }: Filled, seen: string) => test(read(seen), read(text));
  const equals = compare((seen, wanted) => seen === wanted);
  return {
    [`${family}Equals`]: { matches: equals },
    [`${family}NotEquals`]: { matches: equals, negated: true },
    [`${family}LessThan`]: { matches: compare((seen, wanted) => seen < wanted) },
    [`${family}LessThanEquals`]: { matches: compare((seen, wanted) => seen <= wanted) },
    [`${family}GreaterThan`]: { matches: compare((seen, wanted) => seen > wanted) },
    [`${family}GreaterThanEquals`]: { matches: compare((seen, wanted) => seen >= wanted) },
  };
}

/** A date of ISO 8601, or seconds since 1970. */
function readDate(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

function isInRange(range: string, address: string): boolean {
  const [network, bits] = range.split('/');
  const family = isIP(network);
  if (family === 0 || isIP(address) !== family) {
    return false;
  }
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(network, bits === undefined ? (family === 4 ? 32 : 128) : Number(bits), type);
  return block.check(address, type);
}
