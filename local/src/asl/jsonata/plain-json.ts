import { Json } from '../../json';

/** A JSONata result that has no JSON form: a function. */
export class NotJson extends Error {}

/** More values than a payload of the largest size can have. */
const MOST_VALUES = 300_000;

/** A result of more values than a state can hand on. */
export class TooManyValues extends Error {}

/**
 * JSONata marks its own arrays with hidden flags and lets functions and undefined into results.
 * What is plain already is returned as it is; only what holds something else is copied.
 */
export function plainJson(value: unknown): Json | undefined {
  let left = MOST_VALUES;
  return plainPart(value, () => {
    if (--left < 0) {
      throw new TooManyValues();
    }
  });
}

function plainPart(value: unknown, count: () => void): Json | undefined {
  count();
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
      throw new NotJson();
    }
    return value as Json | undefined;
  }
  return Array.isArray(value) ? plainArray(value, count) : plainObject(value as Record<string, unknown>, count);
}

function plainArray(array: unknown[], count: () => void): Json[] {
  const items = array.map((item) => plainPart(item, count));
  const flagged = Object.getOwnPropertyNames(array).length > array.length + 1;
  return !flagged && items.every((item, i) => item === array[i] && item !== undefined)
    ? (array as Json[])
    : items.filter((item) => item !== undefined);
}

function plainObject(object: Record<string, unknown>, count: () => void): Json {
  if (object._jsonata_lambda === true || object._jsonata_function === true) {
    throw new NotJson();
  }
  const names = Object.keys(object);
  const copy: Record<string, Json> = {};
  let changed = false;
  for (const name of names) {
    const value = plainPart(object[name], count);
    changed ||= value !== object[name] || value === undefined;
    if (value !== undefined) {
      copy[name] = value;
    }
  }
  return changed ? copy : (object as { [name: string]: Json });
}
