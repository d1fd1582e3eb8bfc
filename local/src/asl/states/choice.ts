import { DataFlow, StateSource } from '../data-flow';
import { Evaluation } from '../evaluation';
import { ErrorName, EvaluationFailure } from '../failures';
import { Fields } from '../fields';
import { compileTypedJsonata, isJsonataText } from '../jsonata/expression';
import { JsonataFlow } from '../jsonata/flow';
import { compileCondition } from '../jsonpath/condition';
import { JsonPathFlow } from '../jsonpath/flow';
import { State } from '../state';

interface Rule {
  readonly next: string;
  /** How data leaves by this rule: with its own Output and Assign, not with the state's. */
  readonly flow: DataFlow;
  matches(about: Evaluation): boolean | Promise<boolean>;
}

export function compileChoice(source: StateSource): State {
  const { name, fields, flow } = source;
  const rules = fields.items('Choices').map((rule) => compileRule(source, rule));
  if (rules.length === 0) {
    throw fields.error('Choices', 'must be a list of at least one rule');
  }
  const otherwise = fields.string('Default');
  return {
    name,
    type: 'Choice',
    retries: false,
    async run(visit) {
      const input = flow.input(visit);
      const about = visit.about({ document: input });
      const rule = await firstMatch(rules, about);
      const next = rule ? rule.next : otherwise;
      if (next === undefined) {
        throw new EvaluationFailure(ErrorName.RUNTIME, 'Failed to transition out of the state. The state does not point to a next state.');
      }
      const { output, assigned } = await (rule?.flow ?? flow).handOn(visit, input);
      return { output: visit.payload(output), assigned, next };
    },
  };
}

async function firstMatch(rules: readonly Rule[], about: Evaluation): Promise<Rule | undefined> {
  for (const rule of rules) {
    if (await rule.matches(about)) {
      return rule;
    }
  }
  return undefined;
}

function compileRule(source: StateSource, rule: Fields): Rule {
  const next = rule.requiredString('Next');
  if (source.language === 'JSONata') {
    rule.allowOnly(['Condition', 'Next', 'Output', 'Assign', 'Comment'], pathOnly);
    return { next, flow: new JsonataFlow(rule), matches: compileJsonataCondition(rule) };
  }
  return { next, flow: new JsonPathFlow(rule.beside(source.fields, ['InputPath', 'OutputPath'])), matches: compileCondition(rule, true) };
}

function compileJsonataCondition(rule: Fields): Rule['matches'] {
  const condition = rule.json('Condition');
  if (typeof condition === 'boolean') {
    return () => condition;
  }
  if (condition === undefined || !isJsonataText(condition)) {
    throw rule.error('Condition', 'must be a JSONata expression between {% and %}, or true or false');
  }
  return compileTypedJsonata(condition, rule.where, rule.fieldName('Condition'), ['boolean']) as Rule['matches'];
}

function pathOnly(name: string): string | undefined {
  return /^(Variable|And|Or|Not|Is|String|Numeric|Boolean|Timestamp)/.test(name)
    ? 'is a JSONPath field in a JSONata state; write the rule as a Condition'
    : undefined;
}
