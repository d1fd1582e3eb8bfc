import { COMPARISONS } from './comparisons';
import { lookupOf, parsePathField, runtimeFailure } from './compile-path';
import { Json } from '../../json';
import { Evaluation } from '../evaluation';
import { Fields } from '../fields';

/** A JSONPath choice rule, or a part of one. */
export type Condition = (about: Evaluation) => boolean;

const COMBINATIONS = ['And', 'Or', 'Not'];
const BESIDE_A_RULE = ['Next', 'Assign', 'Comment'];

export function compileCondition(rule: Fields, top: boolean): Condition {
  const beside = top ? BESIDE_A_RULE : ['Comment'];
  rule.allowOnly([...COMBINATIONS, 'Variable', ...COMPARISONS.keys(), ...beside], (name) =>
    name === 'Condition' || name === 'Output'
      ? "is a JSONata field in a JSONPath state; set the state's QueryLanguage to JSONata, or write the rule with Variable"
      : undefined,
  );
  const operators = rule.names().filter((name) => COMBINATIONS.includes(name) || COMPARISONS.has(name));
  if (operators.length !== 1) {
    throw rule.error(operators[1] ?? 'Variable', `a rule needs exactly one operator but has ${operators.length}`);
  }
  return COMBINATIONS.includes(operators[0]) ? compileCombination(rule, operators[0]) : compileComparison(rule, operators[0]);
}

function compileCombination(rule: Fields, operator: string): Condition {
  if (operator === 'Not') {
    const negated = compileCondition(rule.within('Not', rule.requiredObject('Not')), false);
    return (about) => !negated(about);
  }
  const parts = rule.items(operator).map((part) => compileCondition(part, false));
  if (parts.length === 0) {
    throw rule.error(operator, 'must be a list of at least one rule');
  }
  return operator === 'And' ? (about) => parts.every((part) => part(about)) : (about) => parts.some((part) => part(about));
}

function compileComparison(rule: Fields, operator: string): Condition {
  const comparison = COMPARISONS.get(operator)!;
  const text = rule.requiredString('Variable');
  const lookup = lookupOf(parsePathField(text, rule.where, rule.fieldName('Variable')));
  const expected = compileExpected(rule, operator);
  return (about) => {
    const value = lookup(about);
    if (value === undefined && operator !== 'IsPresent') {
      throw runtimeFailure(`Invalid path '${text}': The choice state's condition path references an invalid value.`);
    }
    return comparison.holds(value, expected(about));
  };
}

function compileExpected(rule: Fields, operator: string): (about: Evaluation) => Json {
  const { expects } = COMPARISONS.get(operator)!;
  const given = rule.json(operator);
  if (expects === 'path') {
    const text = rule.requiredString(operator);
    const lookup = lookupOf(parsePathField(text, rule.where, rule.fieldName(operator)));
    return (about) => {
      const value = lookup(about);
      if (value === undefined) {
        throw runtimeFailure(`Invalid path '${text}': The choice state's condition path references an invalid value.`);
      }
      return value;
    };
  }
  if (typeof given !== expects) {
    throw rule.error(operator, `must be of type ${expects} but is ${JSON.stringify(given)}`);
  }
  return () => given;
}
