import { formatText } from './format-text';
import { isJsonObject, Json, JsonObject, jsonTypeOf, sameJson, sortedText } from '../../json';
import { Random, randomUuid } from '../../random';
import { hash, partition, range, seeded } from '../jsonata/functions';
import { parseJson } from '../parse-json';

export interface Intrinsic {
  readonly least: number;
  readonly most: number;
  call(args: Json[], random: Random): Json;
}

/** Base64 of longer texts is refused by Step Functions, as is hashing them. */
const LONGEST_TEXT = 10_000;

export const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map(
  Object.entries<Intrinsic>({
    'States.Format': { least: 1, most: Infinity, call: ([template, ...values]) => formatText(text(template), values) },
    'States.StringToJson': { least: 1, most: 1, call: ([json]) => parseText(text(json)) },
    'States.JsonToString': { least: 1, most: 1, call: ([value]) => JSON.stringify(value) },
    'States.Array': { least: 0, most: Infinity, call: (items) => items },
    'States.ArrayPartition': { least: 2, most: 2, call: ([items, size]) => partition(array(items), number(size)) },
    'States.ArrayContains': { least: 2, most: 2, call: ([items, item]) => array(items).some((other) => sameJson(item, other)) },
    'States.ArrayRange': { least: 3, most: 3, call: ([first, last, step]) => range(whole(first), whole(last), whole(step)) },
    'States.ArrayGetItem': { least: 2, most: 2, call: ([items, index]) => itemAt(array(items), whole(index)) },
    'States.ArrayLength': { least: 1, most: 1, call: ([items]) => array(items).length },
    'States.ArrayUnique': { least: 1, most: 1, call: ([items]) => unique(array(items)) },
    'States.Base64Encode': { least: 1, most: 1, call: ([data]) => Buffer.from(shortText(data), 'utf8').toString('base64') },
    'States.Base64Decode': { least: 1, most: 1, call: ([data]) => Buffer.from(shortText(data), 'base64').toString('utf8') },
    'States.Hash': { least: 2, most: 2, call: ([data, algorithm]) => hash(short(data), algorithm) },
    'States.JsonMerge': { least: 3, most: 3, call: ([first, second, deep]) => merge(object(first), object(second), deep) },
    'States.MathRandom': { least: 2, most: 3, call: ([from, to, seed], random) => between(whole(from), whole(to), seed, random) },
    'States.MathAdd': { least: 2, most: 2, call: ([a, b]) => whole(a) + whole(b) },
    'States.StringSplit': { least: 2, most: 2, call: ([data, delimiters]) => split(text(data), text(delimiters)) },
    'States.UUID': { least: 0, most: 0, call: (_args, random) => randomUuid(random) },
  }),
);

function itemAt(items: Json[], index: number): Json {
  if (index < 0 || index >= items.length) {
    throw new Error(`index ${index} is outside of the array of ${items.length}`);
  }
  return items[index];
}

function unique(items: Json[]): Json[] {
  return [...new Map(items.map((item) => [sortedText(item), item] as const).reverse()).values()].reverse();
}

function merge(first: JsonObject, second: JsonObject, deep: Json): Json {
  if (deep !== false) {
    throw new Error('only the shallow merge is supported: the third argument must be false');
  }
  return { ...first, ...second };
}

function between(from: number, to: number, seed: Json | undefined, random: Random): number {
  const chance = seed === undefined ? random() : seeded(whole(seed));
  return from + Math.floor(chance * (to - from));
}

/** Every character of the second text separates. */
function split(data: string, delimiters: string): string[] {
  const parts = [''];
  const separators = new Set(delimiters);
  for (const character of data) {
    if (separators.has(character)) {
      parts.push('');
    } else {
      parts[parts.length - 1] += character;
    }
  }
  return parts.filter((part) => part !== '');
}

function text(value: Json): string {
  return typeof value === 'string' ? value : wrongType(value, 'string');
}

function shortText(value: Json): string {
  return short(text(value)) as string;
}

function short(value: Json): Json {
  const { length } = typeof value === 'string' ? value : JSON.stringify(value);
  if (length > LONGEST_TEXT) {
    throw new Error(`a text of at most ${LONGEST_TEXT} characters is allowed but it has ${length}`);
  }
  return value;
}

/** Nothing but spaces is no error: it is null. */
function parseText(json: string): Json {
  return json.trim() === '' ? null : parseJson(json);
}

function array(value: Json): Json[] {
  return Array.isArray(value) ? value : wrongType(value, 'array');
}

function object(value: Json): JsonObject {
  return isJsonObject(value) ? value : wrongType(value, 'object');
}

function number(value: Json): number {
  return typeof value === 'number' ? value : wrongType(value, 'number');
}

function whole(value: Json): number {
  return Math.round(number(value));
}

function wrongType(value: Json, expected: string): never {
  throw new Error(`an argument must be of type ${expected} but is of type ${jsonTypeOf(value)}: ${JSON.stringify(value)}`);
}
