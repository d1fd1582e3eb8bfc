import { compileJsonata, isJsonataText, Readable, refuseUnclosed } from './expression';
import { isJsonObject, Json } from '../../json';
import { constant, Evaluation, Expression } from '../evaluation';

/** A JSON value in which any string may be a JSONata expression. */
export function compileJsonataTemplate(template: Json, where: string, field: string, readable?: Readable): Expression {
  return compilePart(template, where, field, readable) ?? constant(template);
}

/** Undefined where the template has nothing to evaluate: most of it is plain text and need not be rebuilt. */
function compilePart(template: Json, where: string, field: string, readable?: Readable): Expression | undefined {
  refuseUnclosed(template, where, field);
  if (isJsonataText(template)) {
    return compileJsonata(template, where, field, readable);
  }
  if (Array.isArray(template)) {
    return compileArray(template, where, field, readable);
  }
  return isJsonObject(template) ? compileObject(template, where, field, readable) : undefined;
}

function compileArray(template: Json[], where: string, field: string, readable?: Readable): Expression | undefined {
  const parts = template.map((item, i) => compilePart(item, where, `${field}[${i}]`, readable));
  if (parts.every((part) => part === undefined)) {
    return undefined;
  }
  return async (about: Evaluation) => {
    const items: Json[] = [];
    for (const [i, part] of parts.entries()) {
      items.push(part ? await part(about) : template[i]);
    }
    return items;
  };
}

function compileObject(template: { readonly [name: string]: Json }, where: string, field: string, readable?: Readable): Expression | undefined {
  const parts = Object.entries(template).map(([name, value]) => ({
    name,
    value,
    part: compilePart(value, where, `${field}/${name}`, readable),
  }));
  if (parts.every(({ part }) => part === undefined)) {
    return undefined;
  }
  return async (about: Evaluation) => {
    const object: Record<string, Json> = {};
    for (const { name, value, part } of parts) {
      object[name] = part ? await part(about) : value;
    }
    return object;
  };
}
