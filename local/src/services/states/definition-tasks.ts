import { COMPUTED } from './parameters';
import { isJsonObject, Json, JsonObject } from '../../json';

/** A Task state of a definition. */
export interface DefinedTask {
  /** Its place, as `/States/Pay`. */
  readonly place: string;
  readonly resource: string;
  /** The field with its parameters, and these with all that is computed at run time marked; undefined if it hands on its input. */
  readonly parameters?: { readonly field: 'Parameters' | 'Arguments'; readonly value: Json };
}

/** All Task states of a definition that compiles, also those inside of Map and Parallel states. */
export function definedTasks(definition: JsonObject, place = '', language = String(definition.QueryLanguage ?? 'JSONPath')): DefinedTask[] {
  return Object.entries(definition.States as Record<string, JsonObject>).flatMap(([name, state]) => {
    const own = String(state.QueryLanguage ?? language);
    const at = `${place}/States/${name}`;
    const inside = (workflow: JsonObject, where: string) => definedTasks(workflow, `${at}/${where}`, language);
    switch (state.Type) {
      case 'Task':
        return [taskOf(state, at, own)];
      case 'Parallel':
        return (state.Branches as JsonObject[]).flatMap((branch, index) => inside(branch, `Branches[${index}]`));
      case 'Map': {
        const field = state.ItemProcessor === undefined ? 'Iterator' : 'ItemProcessor';
        return inside(state[field] as JsonObject, field);
      }
      default:
        return [];
    }
  });
}

function taskOf(state: JsonObject, place: string, language: string): DefinedTask {
  const field = language === 'JSONata' ? 'Arguments' : 'Parameters';
  const mark = language === 'JSONata' ? markExpressions : markPaths;
  return {
    place,
    resource: String(state.Resource),
    ...(state[field] !== undefined && { parameters: { field, value: mark(state[field]) } }),
  };
}

/** `{% … %}` is computed. */
function markExpressions(value: Json): Json {
  if (typeof value === 'string') {
    return value.startsWith('{%') ? COMPUTED : value;
  }
  return parts(value, ([name, part]) => [name, markExpressions(part)]);
}

/** `"name.$": …` is computed. */
function markPaths(value: Json): Json {
  return parts(value, ([name, part]) => (name.endsWith('.$') ? [name.slice(0, -2), COMPUTED] : [name, markPaths(part)]));
}

function parts(value: Json, each: (entry: [string, Json]) => [string, Json]): Json {
  if (Array.isArray(value)) {
    return value.map((item, index) => each([String(index), item])[1]);
  }
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(each)) : value;
}
