import { compileNamedPath, parsePathField, PathExpression } from './compile-path';
import { compileIntrinsic } from './intrinsic';
import { isJsonObject, Json } from '../../json';
import { DefinitionError } from '../definition-error';
import { constant } from '../evaluation';

/** A JSON value in which any name that ends in `.$` has a path or an intrinsic function as its value. */
export function compilePathTemplate(template: Json, where: string, field: string): PathExpression {
  return compilePart(template, where, field) ?? (constant(template) as PathExpression);
}

/** A path or an intrinsic function, as the value of a name that ends in `.$`. */
export function compilePathText(text: string, where: string, field: string, name: string): PathExpression {
  return text.startsWith('$')
    ? compileNamedPath(parsePathField(text, where, field), name)
    : compileIntrinsic(text, where, field, name);
}

function compilePart(template: Json, where: string, field: string): PathExpression | undefined {
  if (Array.isArray(template)) {
    const parts = template.map((item, i) => compilePart(item, where, `${field}[${i}]`));
    return parts.some((part) => part) ? (about) => parts.map((part, i) => (part ? part(about) : template[i])) : undefined;
  }
  if (!isJsonObject(template)) {
    return undefined;
  }
  const twice = Object.keys(template).find((name) => Object.hasOwn(template, `${name}.$`));
  if (twice !== undefined) {
    throw new DefinitionError(where, `${field}/${twice}`, `cannot stand beside '${twice}.$'; keep one of them`);
  }
  const parts = Object.entries(template).map(([name, value]) => compileMember(name, value, where, `${field}/${name}`));
  if (!parts.some((part) => part.evaluate)) {
    return undefined;
  }
  return (about) => {
    const object: Record<string, Json> = {};
    for (const part of parts) {
      object[part.name] = part.evaluate ? part.evaluate(about) : part.value;
    }
    return object;
  };
}

function compileMember(name: string, value: Json, where: string, field: string) {
  if (!name.endsWith('.$')) {
    return { name, value, evaluate: compilePart(value, where, field) };
  }
  if (typeof value !== 'string') {
    throw new DefinitionError(where, field, `a name that ends in .$ needs a path or an intrinsic function, not ${JSON.stringify(value)}`);
  }
  return { name: name.slice(0, -2), value, evaluate: compilePathText(value, where, field, name) };
}
