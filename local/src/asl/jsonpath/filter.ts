import { followSteps } from './follow';
import { Filter, PathStep } from './path';
import { TextReader } from './text-reader';
import { isJsonObject, Json, sameJson } from '../../json';
import { boundedTest } from '../bounded-regex';

/** Reads the steps of a path. Paths hold filters and filters hold paths, so the parser of paths passes its own. */
export type ReadSteps = (reader: TextReader) => PathStep[];

type Operand = (item: Json, root: Json) => Json | undefined;

const COMPARISONS: ReadonlyArray<[string, (a: Json | undefined, b: Json | undefined) => boolean]> = [
  ['=~', (a, b) => typeof a === 'string' && b !== undefined && matches(a, b)],
  ['==', (a, b) => a !== undefined && b !== undefined && sameJson(a, b)],
  ['!=', (a, b) => a === undefined || b === undefined || !sameJson(a, b)],
  ['<=', (a, b) => ordered(a, b, (left, right) => left <= right)],
  ['>=', (a, b) => ordered(a, b, (left, right) => left >= right)],
  ['<', (a, b) => ordered(a, b, (left, right) => left < right)],
  ['>', (a, b) => ordered(a, b, (left, right) => left > right)],
  ['in ', (a, b) => a !== undefined && Array.isArray(b) && b.some((item) => sameJson(a, item))],
  ['nin ', (a, b) => a === undefined || !Array.isArray(b) || !b.some((item) => sameJson(a, item))],
];

export function parseFilter(reader: TextReader, readSteps: ReadSteps): Filter {
  let left = parseAll(reader, readSteps);
  reader.skipSpace();
  while (reader.take('||')) {
    const [first, second] = [left, parseAll(reader, readSteps)];
    left = (item, root) => first(item, root) || second(item, root);
    reader.skipSpace();
  }
  return left;
}

function parseAll(reader: TextReader, readSteps: ReadSteps): Filter {
  let left = parseOne(reader, readSteps);
  reader.skipSpace();
  while (reader.take('&&')) {
    const [first, second] = [left, parseOne(reader, readSteps)];
    left = (item, root) => first(item, root) && second(item, root);
    reader.skipSpace();
  }
  return left;
}

function parseOne(reader: TextReader, readSteps: ReadSteps): Filter {
  reader.skipSpace();
  if (reader.take('!')) {
    const negated = parseOne(reader, readSteps);
    return (item, root) => !negated(item, root);
  }
  if (reader.take('(')) {
    const inner = parseFilter(reader, readSteps);
    reader.skipSpace();
    reader.expect(')');
    return inner;
  }
  return parseComparison(reader, readSteps);
}

function parseComparison(reader: TextReader, readSteps: ReadSteps): Filter {
  const left = parseOperand(reader, readSteps);
  reader.skipSpace();
  const comparison = COMPARISONS.find(([sign]) => reader.take(sign));
  if (!comparison) {
    return (item, root) => left(item, root) !== undefined;
  }
  const right = parseOperand(reader, readSteps);
  return (item, root) => comparison[1](left(item, root), right(item, root));
}

function parseOperand(reader: TextReader, readSteps: ReadSteps): Operand {
  reader.skipSpace();
  if (reader.take('@')) {
    const steps = readSteps(reader);
    return (item) => single(item, steps);
  }
  if (reader.take('$')) {
    const steps = readSteps(reader);
    return (_item, root) => single(root, steps);
  }
  const literal = reader.peek('/') ? parsePattern(reader) : parseLiteral(reader);
  return () => literal;
}

/** A regular expression between slashes: kept as its text and its flags. */
function parsePattern(reader: TextReader): Json {
  const text = reader.match(/\/(?:[^/\\]|\\.)+\/[a-z]*/y);
  if (text === undefined) {
    throw reader.error('expected a regular expression between slashes');
  }
  const end = text.lastIndexOf('/');
  // The whole text must match. Built here once for its syntax, and again from its parts where it is used.
  const { source, flags } = new RegExp(`^(?:${text.slice(1, end)})$`, text.slice(end + 1));
  return { source, flags };
}

function matches(text: string, pattern: Json): boolean {
  return isJsonObject(pattern) && boundedTest(new RegExp(String(pattern.source), String(pattern.flags)), text);
}

function parseLiteral(reader: TextReader): Json {
  if (reader.take('[')) {
    return parseList(reader);
  }
  if (reader.peek("'") || reader.peek('"')) {
    return reader.quoted(reader.peek("'") ? "'" : '"');
  }
  const token = reader.match(/true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?/y);
  if (token === undefined) {
    throw reader.error('expected @, $, a number, a text in quotes, true, false or null');
  }
  return JSON.parse(token) as Json;
}

function parseList(reader: TextReader): Json[] {
  const items: Json[] = [];
  reader.skipSpace();
  while (!reader.take(']')) {
    if (items.length > 0) {
      reader.expect(',');
      reader.skipSpace();
    }
    items.push(parseLiteral(reader));
    reader.skipSpace();
  }
  return items;
}

function single(start: Json, steps: readonly PathStep[]): Json | undefined {
  return followSteps(start, steps)[0];
}

function ordered(a: Json | undefined, b: Json | undefined, holds: (a: number | string, b: number | string) => boolean): boolean {
  return typeof a === typeof b && (typeof a === 'number' || typeof a === 'string') && holds(a, b as typeof a);
}
