import { Shape } from './model';
import { isJsonObject, Json } from '../json';

/** One rule for a value, in the words in which services report that it is violated. */
export interface Constraint {
  readonly text: string;
  holds(value: Json): boolean;
}

/** The rules of a shape, apart from its type. How many bytes there may be is left to the services, which have errors of their own for it. */
export function constraintsOf(shape: Shape): Constraint[] {
  if (shape.type === 'structure' || shape.type === 'blob') {
    return [];
  }
  const { enum: values, pattern } = shape as { enum?: readonly string[]; pattern?: string };
  return [
    ...(values ? [enumeration(values)] : []),
    ...(pattern === undefined ? [] : [matching(pattern)]),
    ...bounds(shape),
  ];
}

/** Services list the values in the order of a hash set, which is not known here. */
function enumeration(values: readonly string[]): Constraint {
  const allowed = new Set<Json>(values);
  return { text: `Member must satisfy enum value set: [${values.join(', ')}]`, holds: (value) => allowed.has(value) };
}

function matching(pattern: string): Constraint {
  const expression = new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '');
  return { text: `Member must satisfy regular expression pattern: ${pattern}`, holds: (value) => expression.test(String(value)) };
}

function bounds({ type, min, max }: Exclude<Shape, { type: 'structure' }>): Constraint[] {
  const isNumber = ['integer', 'long', 'double'].includes(type);
  const sizeOf = isNumber ? Number : lengthOf;
  const what = isNumber ? 'value' : 'length';
  return [
    ...(max === undefined ? [] : [{ text: `Member must have ${what} less than or equal to ${max}`, holds: (value: Json) => sizeOf(value) <= max }]),
    ...(min === undefined ? [] : [{ text: `Member must have ${what} greater than or equal to ${min}`, holds: (value: Json) => sizeOf(value) >= min }]),
  ];
}

function lengthOf(value: Json): number {
  return isJsonObject(value) ? Object.keys(value).length : (value as string | Json[]).length;
}
