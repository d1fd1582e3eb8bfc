import { StateSource } from '../data-flow';
import { Expression } from '../evaluation';
import { StateFailure } from '../failures';
import { compileTypedJsonata, isJsonataText } from '../jsonata/expression';
import { runtimeFailure } from '../jsonpath/compile-path';
import { compilePathText } from '../jsonpath/template';
import { State } from '../state';

export function compileFail(source: StateSource): State {
  const error = compileText(source, 'Error');
  const cause = compileText(source, 'Cause');
  return {
    name: source.name,
    type: 'Fail',
    retries: false,
    async run(visit) {
      const about = visit.about();
      const errorName = (await error?.(about)) as string | undefined;
      throw new StateFailure(errorName, (await cause?.(about)) as string | undefined);
    },
  };
}

function compileText({ fields, language }: StateSource, name: string): Expression | undefined {
  const pathName = `${name}Path`;
  fields.allowOneOf(name, pathName);
  if (fields.has(pathName)) {
    return textAt(compilePathText(fields.requiredString(pathName), fields.where, pathName, pathName), pathName);
  }
  const text = fields.string(name);
  if (text !== undefined && language === 'JSONata' && isJsonataText(text)) {
    return compileTypedJsonata(text, fields.where, name, ['string']);
  }
  return text === undefined ? undefined : () => text;
}

function textAt(expression: Expression, field: string): Expression {
  return async (about) => {
    const value = await expression(about);
    if (typeof value !== 'string') {
      throw runtimeFailure(`The ${field} field refers to value ${JSON.stringify(value)} which is not a string`);
    }
    return value;
  };
}
