import { Json } from '../../json';
import { StateSource } from '../data-flow';
import { Evaluation } from '../evaluation';
import { ErrorName, EvaluationFailure } from '../failures';
import { compileTypedJsonata, isJsonataText } from '../jsonata/expression';
import { compilePath, runtimeFailure } from '../jsonpath/compile-path';

/** A number that a field gives directly, by a JSONata expression or by its path variant. */
export type NumberExpression = (about: Evaluation) => number | Promise<number>;

export interface NumberRule {
  /** What the value is called in the message about one that is none. */
  readonly kind: 'integer' | 'float';
  /** Says what is wrong with a number that the field cannot take. */
  check(value: number): string | undefined;
}

export function compileNumber(source: StateSource, name: string, rule: NumberRule): NumberExpression | undefined {
  const { fields } = source;
  const pathName = `${name}Path`;
  fields.allowOneOf(name, pathName);
  if (fields.has(pathName)) {
    return numberAt(fields.requiredString(pathName), source, pathName, rule);
  }
  if (!fields.has(name)) {
    return undefined;
  }
  const given = fields.json(name);
  if (source.language === 'JSONata' && isJsonataText(given)) {
    const evaluate = compileTypedJsonata(given, fields.where, fields.fieldName(name), ['number']);
    return async (about) => {
      const value = (await evaluate(about)) as number;
      const problem = rule.check(value) ?? wrongKind(value, rule);
      if (problem !== undefined) {
        throw new EvaluationFailure(ErrorName.QUERY_EVALUATION, `The ${name} field has the value ${value}. ${problem}`, name, true);
      }
      return value;
    };
  }
  const value = fields.number(name)!;
  const problem = rule.check(value) ?? wrongKind(value, rule);
  if (problem !== undefined) {
    throw fields.error(name, problem);
  }
  return () => value;
}

function numberAt(path: string, { fields }: StateSource, pathName: string, rule: NumberRule): NumberExpression {
  const lookup = compilePath(path, fields.where, fields.fieldName(pathName));
  return (about) => {
    const found = lookup(about);
    const value = asNumber(found);
    if (value === undefined || wrongKind(value, rule) !== undefined) {
      const shown = typeof found === 'string' ? found : JSON.stringify(found);
      throw runtimeFailure(`The ${pathName} field refers to value "${shown}" which is not a valid ${rule.kind}: ${path}`);
    }
    const problem = rule.check(value);
    if (problem !== undefined) {
      throw runtimeFailure(problem);
    }
    return value;
  };
}

/** A path may lead to a number written as text. */
function asNumber(value: Json): number | undefined {
  if (typeof value === 'number') {
    return value;
  }
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

function wrongKind(value: number, rule: NumberRule): string | undefined {
  return rule.kind === 'integer' && !Number.isInteger(value) ? 'It must be a whole number.' : undefined;
}
