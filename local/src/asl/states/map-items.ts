import { isJsonObject, Json } from '../../json';
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
  items(about: Evaluation): Promise<MapItem[]>;
  /** What the iteration for one item gets as its input. */
  selectItem(visit: Visit, input: Json, item: MapItem): Json | Promise<Json>;
}

/** Where items come from that no ItemReader reads. */
export const STATE_DATA = 'STATE_DATA';

type Items = (about: Evaluation) => Json | Promise<Json>;

/** Only a distributed map goes over the members of an object: each of its items has a Key. */
export function compileItems(source: StateSource, distributed: boolean): MapItems {
  const selector = compileSelector(source);
  const items = source.language === 'JSONata' ? compileJsonataItems(source, distributed) : compilePathItems(source, distributed);
  return {
    items: async (about) => itemsOf(await items(about)),
    selectItem: (visit, input, item) => (selector ? selector(visit.about({ document: input, mapItem: item })) : inputOf(item)),
  };
}

function itemsOf(data: Json): MapItem[] {
  return isJsonObject(data)
    ? Object.entries(data).map(([Key, Value], Index) => ({ Index, Key, Value, Source: STATE_DATA }))
    : (data as Json[]).map((Value, Index) => ({ Index, Value, Source: STATE_DATA }));
}

function inputOf({ Key, Value }: MapItem): Json {
  return Key === undefined ? Value : { Key, Value };
}

function canBeGoneOver(data: Json, distributed: boolean): boolean {
  return Array.isArray(data) || (distributed && isJsonObject(data));
}

function compileJsonataItems({ fields }: StateSource, distributed: boolean): Items {
  if (!fields.has('Items')) {
    return (about) => {
      if (!canBeGoneOver(about.input, distributed)) {
        const problem = `Map state input must be an array but was: ${JSON.stringify(about.input)}`;
        throw new EvaluationFailure(ErrorName.QUERY_EVALUATION, problem);
      }
      return about.input;
    };
  }
  const given = fields.json('Items');
  if (isJsonataText(given)) {
    return compileTypedJsonata(given, fields.where, 'Items', distributed ? ['array', 'object'] : ['array']);
  }
  if (!canBeGoneOver(given, distributed)) {
    throw fields.error('Items', `must be ${distributed ? 'an array, an object' : 'an array'} or a JSONata expression but is ${JSON.stringify(given)}`);
  }
  return compileJsonataTemplate(given, fields.where, 'Items');
}

function compilePathItems({ fields }: StateSource, distributed: boolean): Items {
  const path = fields.string('ItemsPath') ?? '$';
  const lookup = compilePath(path, fields.where, 'ItemsPath');
  return (about) => {
    const value = lookup(about);
    if (!canBeGoneOver(value, distributed)) {
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
