import { parseFilter } from './filter';
import { Path, PATH_FUNCTIONS, PathFunction, PathStep } from './path';
import { TextReader } from './text-reader';

const VARIABLE_NAME = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const MEMBER_NAME = /[^.[\]()'",\s=!<>&|?*]+/y;
const INTEGER = /-?\d+/y;

/** Parses a whole text as a path; throws a SyntaxError that says where it is not one. */
export function parsePath(text: string): Path {
  const reader = new TextReader(text);
  const path = readPath(reader);
  if (!reader.done) {
    throw reader.error('unexpected text');
  }
  return path;
}

/** Reads a path as far as it goes: the parser of intrinsic functions goes on behind it. */
export function readPath(reader: TextReader): Path {
  const begin = reader.position;
  reader.expect('$');
  const root = readRoot(reader);
  const steps = readSteps(reader);
  const last = steps.at(-1);
  const tail = last?.kind === 'function' ? last.name : undefined;
  const places = tail === undefined ? steps : steps.slice(0, -1);
  return {
    text: reader.text.slice(begin, reader.position),
    root,
    steps: places,
    tail,
    definite: places.every((step) => step.kind === 'name' || step.kind === 'index' || step.kind === 'function'),
  };
}

function readRoot(reader: TextReader): Path['root'] {
  if (reader.take('$')) {
    return { kind: 'context' };
  }
  const name = reader.match(VARIABLE_NAME);
  return name === undefined ? { kind: 'document' } : { kind: 'variable', name };
}

function readSteps(reader: TextReader): PathStep[] {
  const steps: PathStep[] = [];
  for (;;) {
    if (reader.take('..')) {
      steps.push({ kind: 'descend', then: reader.peek('[') ? readBracket(reader) : readMember(reader) });
    } else if (reader.take('.')) {
      steps.push(readMember(reader));
    } else if (reader.peek('[')) {
      steps.push(readBracket(reader));
    } else {
      return steps;
    }
  }
}

function readMember(reader: TextReader): PathStep {
  if (reader.take('*')) {
    return { kind: 'every' };
  }
  const name = reader.match(MEMBER_NAME);
  if (name === undefined) {
    throw reader.error('expected a name');
  }
  if (!reader.take('(')) {
    return { kind: 'name', name };
  }
  reader.expect(')');
  if (!PATH_FUNCTIONS.includes(name as PathFunction)) {
    throw reader.error(`unknown path function ${name}(), use one of ${PATH_FUNCTIONS.join(', ')}`);
  }
  return { kind: 'function', name: name as PathFunction };
}

function readBracket(reader: TextReader): PathStep {
  reader.expect('[');
  reader.skipSpace();
  const step = readSelection(reader);
  reader.skipSpace();
  reader.expect(']');
  return step;
}

function readSelection(reader: TextReader): PathStep {
  if (reader.take('*')) {
    return { kind: 'every' };
  }
  if (reader.take('?(')) {
    const filter = parseFilter(reader, readSteps);
    reader.expect(')');
    return { kind: 'filter', filter };
  }
  if (reader.peek("'") || reader.peek('"')) {
    const names = readList(reader, () => reader.quoted(reader.peek("'") ? "'" : '"'));
    return names.length === 1 ? { kind: 'name', name: names[0] } : { kind: 'names', names };
  }
  return readIndexes(reader);
}

function readIndexes(reader: TextReader): PathStep {
  const first = readInteger(reader);
  if (reader.take(':')) {
    const to = readInteger(reader);
    const step = reader.take(':') ? readInteger(reader) : undefined;
    return { kind: 'slice', from: first, to, step: step ?? 1 };
  }
  if (first === undefined) {
    throw reader.error('expected an index, a name in quotes, a slice, * or ?(');
  }
  if (!reader.take(',')) {
    return { kind: 'index', index: first };
  }
  return { kind: 'indexes', indexes: [first, ...readList(reader, () => readInteger(reader) ?? NaN)] };
}

function readInteger(reader: TextReader): number | undefined {
  reader.skipSpace();
  const digits = reader.match(INTEGER);
  reader.skipSpace();
  return digits === undefined ? undefined : Number(digits);
}

function readList<T>(reader: TextReader, read: () => T): T[] {
  const list = [read()];
  reader.skipSpace();
  while (reader.take(',')) {
    reader.skipSpace();
    list.push(read());
    reader.skipSpace();
  }
  return list;
}
