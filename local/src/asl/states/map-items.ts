import { Json } from '../../json';
import { StateSource } from '../data-flow';
import { Evaluation, Expression } from '../evaluation';
import { ErrorName, EvaluationFailure } from '../failures';
import { compileTypedJsonata, isJsonataText } from '../jsonata/expression';
import { compileJsonataTemplate } from '../jsonata/template';
import { compilePath, runtimeFailure } from '../jsonpath/compile-path';
import { compilePathTemplate } from '../jsonpath/template';
import { MapItem } from '../scope';
import { Visit } from '../visit';

interface MapItems {
  /** What the map goes over. */
  items(about: Evaluation): Json[] | Promise<Json[]>;
  /** What the iteration for one item gets as its input. */
  selectItem(visit: Visit, input: Json, item: MapItem): Json | Promise<Json>;
}

export function compileItems(source: StateSource): MapItems {
  const selector = compileSelector(source);
  return {
    items: source.language === 'JSONata' ? compileJsonataItems(source) : compilePathItems(source),
    selectItem: (visit, input, item) => (selector ? selector(visit.about({ document: input, mapItem: item })) : item.Value),
  };
}

function compileJsonataItems({ fields }: StateSource): MapItems['items'] {
  if (!fields.has('Items')) {
    return (about) => {
      if (!Array.isArray(about.input)) {
        const problem = `Map state input must be an array but was: ${JSON.stringify(about.input)}`;
        throw new EvaluationFailure(ErrorName.QUERY_EVALUATION, problem, 'Items');
      }
      return about.input;
    };
  }
  const given = fields.json('Items');
  if (isJsonataText(given)) {
    return compileTypedJsonata(given, fields.where, 'Items', 'array') as MapItems['items'];
  }
  if (!Array.isArray(given)) {
    throw fields.error('Items', `must be an array or a JSONata expression but is ${JSON.stringify(given)}`);
  }
  return compileJsonataTemplate(given, fields.where, 'Items') as MapItems['items'];
}

function compilePathItems({ fields }: StateSource): MapItems['items'] {
  const path = fields.string('ItemsPath') ?? '$';
  const lookup = compilePath(path, fields.where, 'ItemsPath');
  return (about) => {
    const value = lookup(about);
    if (!Array.isArray(value)) {
      throw runtimeFailure(`Reference path "${path}" must point to array.`);
    }
    return value;
  };
}

/** Parameters is the older name of ItemSelector in JSONPath states. */
function compileSelector({ fields, language }: StateSource): Expression | undefined {
  fields.allowOneOf('ItemSelector', 'Parameters');
  const name = ['ItemSelector', 'Parameters'].find((field) => fields.has(field));
  if (name === undefined) {
    return undefined;
  }
  const compile = language === 'JSONata' ? compileJsonataTemplate : compilePathTemplate;
  return compile(fields.json(name), fields.where, name);
}
