import { findOperator, Operator } from './condition-operators';
import { PolicyError } from './policy-error';
import { RequestContext } from './request-context';
import { fill, Filled, readTemplate, Template } from './template';

/** One line of a statement's Condition. */
export interface Condition {
  /** As the policy writes it: `StringLike aws:SourceArn`. */
  readonly name: string;
  readonly key: string;
  holds(context: RequestContext): boolean;
}

const SET_OPERATOR = /^(ForAllValues|ForAnyValue):(.*)$/;

/** Reads an operator with its set operator and its `IfExists`, for one key and the values that the policy lists. */
export function readCondition(place: string, written: string, key: string, values: readonly string[], hasVariables: boolean): Condition {
  const [, set, rest] = SET_OPERATOR.exec(written) ?? [undefined, undefined, written];
  const templates = values.map((value) => readTemplate(value, hasVariables));
  const name = `${written} ${key}`;
  if (rest === 'Null' && set === undefined) {
    return { name, key, holds: (context) => isNull(templates, key, context) };
  }
  const ifExists = rest.endsWith('IfExists');
  const operator = findOperator(ifExists ? rest.slice(0, -'IfExists'.length) : rest);
  if (!operator) {
    throw new PolicyError(`${place}: the condition operator ${written} is not known`);
  }
  const quantifier: Quantifier = QUANTIFIERS[set ?? 'single'];
  return {
    name,
    key,
    holds: (context) => {
      const seen = context.values(key);
      return seen === undefined
        ? ifExists || quantifier.whenMissing(operator)
        : quantifier.holds(seen, (value) => accepts(operator, templates, context, value));
    },
  };
}

/** How many of a call's values must be accepted, and what holds if there are none. */
interface Quantifier {
  holds(seen: readonly string[], isAccepted: (value: string) => boolean): boolean;
  whenMissing(operator: Operator): boolean;
}

const QUANTIFIERS: Readonly<Record<string, Quantifier>> = {
  single: {
    holds: (seen, isAccepted) => seen.length === 1 && isAccepted(seen[0]),
    whenMissing: ({ negated }) => negated === true,
  },
  ForAllValues: { holds: (seen, isAccepted) => seen.every(isAccepted), whenMissing: () => true },
  ForAnyValue: { holds: (seen, isAccepted) => seen.some(isAccepted), whenMissing: () => false },
};

function accepts({ matches, negated = false }: Operator, wanted: readonly Template[], context: RequestContext, seen: string): boolean {
  const filled = wanted.map((template) => fill(template, context)).filter((value): value is Filled => value !== undefined);
  return filled.some((value) => matches(value, seen)) !== negated;
}

/** `Null: true` holds where the call has no such key, `Null: false` where it has one. */
function isNull(wanted: readonly Template[], key: string, context: RequestContext): boolean {
  const isMissing = String((context.values(key) ?? []).length === 0);
  return wanted.some((template) => fill(template, context)?.text.toLowerCase() === isMissing);
}
