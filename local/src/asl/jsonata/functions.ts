import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import { Json } from '../../json';
import { Random, randomUuid, seededRandom } from '../../random';
import { parseJson } from '../parse-json';

const HASH_ALGORITHMS: Record<string, string> = {
  'MD5': 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** The same limit as JSONPath's States.ArrayRange. */
const LONGEST_RANGE = 1000;

export function hash(data: unknown, algorithm: unknown): string {
  const name = HASH_ALGORITHMS[String(algorithm)];
  if (!name) {
    throw new Error(`unknown hash algorithm '${String(algorithm)}'; use one of ${Object.keys(HASH_ALGORITHMS).join(', ')}`);
  }
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return createHash(name).update(text).digest('hex');
}

export function partition(array: unknown, size: unknown): Json[][] {
  const items = Array.isArray(array) ? (array as Json[]) : [array as Json];
  if (typeof size !== 'number' || Math.floor(size) <= 0) {
    throw new Error(`the size of a partition must be a positive whole number but was ${JSON.stringify(size)}`);
  }
  const length = Math.floor(size);
  return Array.from({ length: Math.ceil(items.length / length) }, (_, i) => items.slice(i * length, (i + 1) * length));
}

export function range(first: unknown, last: unknown, step: unknown): number[] {
  if (typeof first !== 'number' || typeof last !== 'number' || typeof step !== 'number') {
    throw new Error('a range needs three numbers: first, last, step');
  }
  if (step === 0) {
    throw new Error('the step of a range cannot be 0');
  }
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > LONGEST_RANGE) {
    throw new Error(`a range cannot have more than ${LONGEST_RANGE} elements but has ${length}`);
  }
  return Array.from({ length }, (_, i) => first + i * step);
}

/** Any number seeds a generator of its own, so that the same seed gives the same number. */
export function seeded(seed: number): number {
  return seededRandom(Math.floor(seed * 1000003))();
}

function shuffle(array: Json[], random: Random): Json[] {
  const shuffled = [...array];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
  }
  return shuffled;
}

function roundedDown(bound: unknown): unknown {
  return typeof bound === 'number' ? Math.floor(bound) : bound;
}

/** What a function selects rather than writes: in JSONata, one of it is the value itself. */
function sequence(values: number[]): number[] {
  return Object.assign(values, { sequence: true });
}

const formatMillis = jsonata('$fromMillis($millis, $picture, $timezone)');

/**
 * What Step Functions adds to JSONata, what it takes away ($eval), and what must come from outside: time and chance.
 * $now and $millis are bound anew for each evaluation also because jsonata keeps their time on the compiled
 * expression, where concurrent evaluations would overwrite each other's.
 */
export function awsFunctions(now: number, random: Random): Record<string, unknown> {
  return {
    ...fixedFunctions,
    random: (seed?: number) => (seed === undefined ? random() : seeded(seed)),
    uuid: () => randomUuid(random),
    shuffle: (array: Json[]) => shuffle(array, random),
    millis: () => now,
    now: (picture?: string, timezone?: string) =>
      picture === undefined && timezone === undefined
        ? new Date(now).toISOString()
        : formatMillis.evaluate(undefined, { millis: now, picture, timezone }),
  };
}

const fixedFunctions = {
  hash,
  partition,
  range: (first: unknown, last: unknown, step: unknown) => sequence(range(roundedDown(first), roundedDown(last), step)),
  parse: (text: string) => parseJson(text),
};

/** The functions that are bound for each evaluation; expressions without them need not pay for it. */
export const AWS_FUNCTION_NAMES: ReadonlySet<string> = new Set(Object.keys(awsFunctions(0, () => 0)));

/** The names that an expression can call without defining them. */
export const FUNCTION_NAMES: ReadonlySet<string> = new Set([
  'sum', 'count', 'max', 'min', 'average', 'string', 'substring', 'substringBefore', 'substringAfter', 'lowercase', 'uppercase',
  'length', 'trim', 'pad', 'match', 'contains', 'replace', 'split', 'join', 'formatNumber', 'formatBase', 'formatInteger',
  'parseInteger', 'number', 'floor', 'ceil', 'round', 'abs', 'sqrt', 'power', 'boolean', 'not', 'map', 'zip', 'filter', 'single',
  'reduce', 'sift', 'keys', 'lookup', 'append', 'exists', 'spread', 'merge', 'reverse', 'each', 'error', 'assert', 'type', 'sort',
  'distinct', 'base64encode', 'base64decode', 'encodeUrlComponent', 'encodeUrl', 'decodeUrlComponent', 'decodeUrl', 'toMillis',
  'fromMillis', 'clone', ...AWS_FUNCTION_NAMES,
]);
