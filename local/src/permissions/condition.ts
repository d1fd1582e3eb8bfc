import { findOperator, Operator } from './condition-operators';
import { BOOLEAN } from './condition-values';
import { PolicyError } from './policy-error';
import { RequestContext } from './request-context';
import { readTemplate, Template } from './template';

/** One line of a statement's Condition. */
export interface Condition {
  /** As the policy writes it: `StringLike aws:SourceArn`. */
  readonly name: string;
  /** The condition keys that it looks at: its own, and those of the variables in its values. */
  readonly keys: readonly string[];
  holds(context: RequestContext): boolean;
}

const SET_OPERATOR = /^(ForAllValues|ForAnyValue):(.*)$/;

/** Reads an operator with its set operator and its `IfExists`, for one key and the values that the policy lists. */
export function readCondition(place: string, written: string, key: string, values: readonly string[], hasVariables: boolean): Condition {
  const [, set, rest] = SET_OPERATOR.exec(written) ?? [undefined, undefined, written];
  const name = `${written} ${key}`;
  if (rest === 'Null' && set === undefined) {
    const wanted = values.map((value) => value.toLowerCase());
    refuseUnless(place, name, values, (value) => BOOLEAN.isOne(value), BOOLEAN.name);
    return { name, keys: [key], holds: (context) => wanted.includes(String(isNothing(context.values(key)))) };
  }
  const ifExists = rest.endsWith('IfExists');
  const operator = findOperator(ifExists ? rest.slice(0, -'IfExists'.length) : rest);
  if (!operator) {
    throw new PolicyError(`${place}: the condition operator ${written} is not known`);
  }
  const { kind } = operator;
  const templates = values.map((value) => readTemplate(value, hasVariables && kind?.hasVariables !== false));
  if (kind) {
    refuseUnless(place, name, values, (value, index) => templates[index].keys.length > 0 || kind.isOne(value), kind.name);
  }
  const quantifier: Quantifier = QUANTIFIERS[set ?? 'single'];
  return {
    name,
    keys: [key, ...templates.flatMap(({ keys }) => keys)],
    holds: (context) => {
      const seen = context.values(key);
      return seen === undefined
        ? ifExists || quantifier.whenMissing(operator)
        : quantifier.holds(seen, (value) => accepts(operator, templates, context, value));
    },
  };
}

function refuseUnless(
  place: string, name: string, values: readonly string[], isRight: (value: string, index: number) => boolean, kind: string,
): void {
  const wrong = values.find((value, index) => !isRight(value, index));
  if (wrong !== undefined) {
    throw new PolicyError(`${place}: ${name} compares with ${JSON.stringify(wrong)}, which is not ${kind}`);
  }
}

/** How many of a call's values must be accepted, and what holds if there are none. */
interface Quantifier {
  holds(seen: readonly string[], isAccepted: (value: string) => boolean): boolean;
  whenMissing(operator: Operator): boolean;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
const QUANTIFIERS: Readonly<Record<string, Quantifier>> = {
  single: {
    holds: (seen, isAccepted) => seen.length === 1 && isAccepted(seen[0]),
    whenMissing: ({ negated }) => negated === true,
  },
  ForAllValues: { holds: (seen, isAccepted) => isNothing(seen) || seen.every(isAccepted), whenMissing: () => true },
  ForAnyValue: { holds: (seen, isAccepted) => !isNothing(seen) && seen.some(isAccepted), whenMissing: () => false },
};

/**
 * Whether a key has no value: it is missing, or "resolves to a null data set, such as an empty string".
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html
 */
function isNothing(seen: readonly string[] | undefined): boolean {
  return (seen ?? []).every((value) => value === '');
}

/**
 * A value with a variable that the call has no value for is equal and like to nothing: a negated operator holds.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
function accepts({ matches, negated = false }: Operator, wanted: readonly Template[], context: RequestContext, seen: string): boolean {
  const isMatched = wanted.some((template) => {
    const filled = template.fill(context);
    return filled !== undefined && matches(filled, seen);
  });
  return isMatched !== negated;
}
