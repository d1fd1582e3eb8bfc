/** What a service accepts in its patterns: all of them match events in the same way. */
export interface PatternDialect {
  readonly operators: ReadonlySet<string>;
  /** The operators that anything-but can hold. */
  readonly insideAnythingBut: ReadonlySet<string>;
  /** Whether prefix and suffix can ignore case, and anything-but with an operator can have a list. */
  readonly nests: boolean;
}

const COMMON = ['prefix', 'suffix', 'equals-ignore-case', 'anything-but', 'numeric', 'exists'];

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
export const EVENT_BRIDGE: PatternDialect = {
  operators: new Set([...COMMON, 'exactly', 'wildcard', 'cidr']),
  insideAnythingBut: new Set(['prefix', 'suffix', 'equals-ignore-case', 'wildcard']),
  nests: true,
};

/** https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html */
export const SNS: PatternDialect = {
  operators: new Set([...COMMON, 'cidr']),
  insideAnythingBut: new Set(['prefix']),
  nests: false,
};

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax */
export const LAMBDA: PatternDialect = {
  operators: new Set(COMMON),
  insideAnythingBut: new Set(),
  nests: false,
};
