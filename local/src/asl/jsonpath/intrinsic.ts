import { lookupOf, PathExpression, runtimeFailure } from './compile-path';
import { INTRINSICS } from './intrinsic-functions';
import { readPath } from './parse-path';
import { TextReader } from './text-reader';
import { DefinitionError } from '../definition-error';
import { ErrorName, EvaluationFailure } from '../failures';

/** Step Functions nests intrinsic functions no deeper. */
const DEEPEST_NESTING = 10;

/** Compiles `States.Name(...)`; an unknown function or a wrong number of arguments is a fault of the definition. */
export function compileIntrinsic(text: string, where: string, field: string, name: string): PathExpression {
  const reader = new TextReader(text);
  try {
    const call = readCall(reader, name, 1);
    if (!reader.done) {
      throw reader.error('unexpected text');
    }
    return call;
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new DefinitionError(where, field, `'${text}' is neither a path nor an intrinsic function: ${error.message}`);
    }
    throw error;
  }
}

function readCall(reader: TextReader, field: string, depth: number): PathExpression {
  const begin = reader.position;
  const name = reader.match(/States\.[A-Za-z0-9]+/y);
  const intrinsic = name === undefined ? undefined : INTRINSICS.get(name);
  if (!intrinsic) {
    throw reader.error(`expected a path that starts with $, or one of ${[...INTRINSICS.keys()].join(', ')}`);
  }
  if (depth > DEEPEST_NESTING) {
    throw reader.error(`more than ${DEEPEST_NESTING} nested functions`);
  }
  const args = readArguments(reader, field, depth, name === 'States.Format');
  if (args.length < intrinsic.least || args.length > intrinsic.most) {
    throw reader.error(`${name} does not take ${args.length} arguments`);
  }
  const text = reader.text.slice(begin, reader.position);
  return (about) => {
    const values = args.map((argument) => argument(about));
    try {
      return intrinsic.call(values, about.random);
    } catch (error) {
      const problem = `The function '${text}' had the following error: ${(error as Error).message}`;
      throw new EvaluationFailure(ErrorName.INTRINSIC, problem);
    }
  };
}

function readArguments(reader: TextReader, field: string, depth: number, keepsEscapes: boolean): PathExpression[] {
  const args: PathExpression[] = [];
  reader.skipSpace();
  reader.expect('(');
  reader.skipSpace();
  while (!reader.take(')')) {
    if (args.length > 0) {
      reader.expect(',');
      reader.skipSpace();
    }
    args.push(readArgument(reader, field, depth, keepsEscapes && args.length === 0));
    reader.skipSpace();
  }
  return args;
}

/** In a text, braces are escaped by a backslash; only the template of States.Format has a use for the escapes. */
function readArgument(reader: TextReader, field: string, depth: number, keepsEscapes: boolean): PathExpression {
  if (reader.peek('$')) {
    return readPathArgument(reader, field);
  }
  if (reader.peek("'")) {
    const begin = reader.position;
    const quoted = reader.quoted("'");
    refuseEscapedQuotes(reader, begin);
    const text = keepsEscapes ? quoted : quoted.replace(/\\([{}])/g, '$1');
    return () => text;
  }
  if (reader.peek('States.')) {
    return readCall(reader, field, depth + 1);
  }
  const token = reader.match(/true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?/y);
  if (token === undefined) {
    throw reader.error('expected a path, a text in single quotes, a number, true, false, null or a function');
  }
  const literal = JSON.parse(token) as null | boolean | number;
  return () => literal;
}

/** A double quote needs no backslash here, and must have none. */
function refuseEscapedQuotes(reader: TextReader, begin: number): void {
  if ([...reader.text.slice(begin, reader.position).matchAll(/\\([\s\S])/g)].some(([, escaped]) => escaped === '"')) {
    throw reader.error('\\" is no escape in a text in single quotes; write " alone');
  }
}

function readPathArgument(reader: TextReader, field: string): PathExpression {
  const path = readPath(reader);
  const lookup = lookupOf(path);
  return (about) => {
    const value = lookup(about);
    if (value === undefined) {
      const input = JSON.stringify(about.document);
      throw runtimeFailure(`The JSONPath '${path.text}' specified for the field '${field}' could not be found in the input '${input}'`);
    }
    return value;
  };
}
