import { followSteps } from './follow';
import { readSteps } from './parse-path';
import { PathStep } from './path';
import { TextReader } from './text-reader';
import { Json, sameJson } from '../../json';

/** The condition of a `[?(...)]` step: does it keep this item? `root` is what `$` means inside. */
export type Filter = (item: Json, root: Json) => boolean;

type Operand = (item: Json, root: Json) => Json | undefined;

const COMPARISONS: ReadonlyArray<[string, (a: Json | undefined, b: Json | undefined) => boolean]> = [
  ['==', (a, b) => a !== undefined && b !== undefined && sameJson(a, b)],
  ['!=', (a, b) => a === undefined || b === undefined || !sameJson(a, b)],
  ['<=', (a, b) => ordered(a, b, (left, right) => left <= right)],
  ['>=', (a, b) => ordered(a, b, (left, right) => left >= right)],
  ['<', (a, b) => ordered(a, b, (left, right) => left < right)],
  ['>', (a, b) => ordered(a, b, (left, right) => left > right)],
];

export function parseFilter(reader: TextReader): Filter {
  let left = parseAll(reader);
  reader.skipSpace();
  while (reader.take('||')) {
    const [first, second] = [left, parseAll(reader)];
    left = (item, root) => first(item, root) || second(item, root);
    reader.skipSpace();
  }
  return left;
}

function parseAll(reader: TextReader): Filter {
  let left = parseOne(reader);
  reader.skipSpace();
  while (reader.take('&&')) {
    const [first, second] = [left, parseOne(reader)];
    left = (item, root) => first(item, root) && second(item, root);
    reader.skipSpace();
  }
  return left;
}

function parseOne(reader: TextReader): Filter {
  reader.skipSpace();
  if (reader.take('!')) {
    const negated = parseOne(reader);
    return (item, root) => !negated(item, root);
  }
  if (reader.take('(')) {
    const inner = parseFilter(reader);
    reader.skipSpace();
    reader.expect(')');
    return inner;
  }
  return parseComparison(reader);
}

function parseComparison(reader: TextReader): Filter {
  const left = parseOperand(reader);
  reader.skipSpace();
  const comparison = COMPARISONS.find(([sign]) => reader.take(sign));
  if (!comparison) {
    return (item, root) => left(item, root) !== undefined;
  }
  const right = parseOperand(reader);
  return (item, root) => comparison[1](left(item, root), right(item, root));
}

function parseOperand(reader: TextReader): Operand {
  reader.skipSpace();
  if (reader.take('@')) {
    const steps = readSteps(reader);
    return (item) => single(item, steps);
  }
  if (reader.take('$')) {
    const steps = readSteps(reader);
    return (_item, root) => single(root, steps);
  }
  const literal = parseLiteral(reader);
  return () => literal;
}

function parseLiteral(reader: TextReader): Json {
  if (reader.peek("'") || reader.peek('"')) {
    return reader.quoted(reader.peek("'") ? "'" : '"');
  }
  const word = reader.match(/true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?/y);
  if (word === undefined) {
    throw reader.error('expected @, $, a number, a text in quotes, true, false or null');
  }
  return JSON.parse(word) as Json;
}

function single(start: Json, steps: readonly PathStep[]): Json | undefined {
  return followSteps(start, steps)[0];
}

function ordered(a: Json | undefined, b: Json | undefined, holds: (a: number | string, b: number | string) => boolean): boolean {
  return typeof a === typeof b && (typeof a === 'number' || typeof a === 'string') && holds(a, b as typeof a);
}
