import { Json, JsonObject } from '../json';

/** An item of a table as plain JSON: numbers as numbers, sets as lists. */
export function toPlain(item: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(item).map(([name, attribute]) => [name, valueOf(attribute as JsonObject)]));
}

/** Plain JSON as an item or key of a table. */
export function fromPlain(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, attributeOf(member)]));
}

function valueOf(attribute: JsonObject): Json {
  const [[type, value]] = Object.entries(attribute);
  switch (type) {
    case 'N': return Number(value);
    case 'NS': return (value as string[]).map(Number);
    case 'NULL': return null;
    case 'L': return (value as JsonObject[]).map(valueOf);
    case 'M': return toPlain(value as JsonObject);
    default: return value;
  }
}

function attributeOf(value: Json): JsonObject {
  if (value === null) {
    return { NULL: true };
  }
  if (Array.isArray(value)) {
    return { L: value.map(attributeOf) };
  }
  switch (typeof value) {
    case 'string': return { S: value };
    case 'number': return { N: String(value) };
    case 'boolean': return { BOOL: value };
    default: return { M: fromPlain(value) };
  }
}
