import { applyFunction, followSteps } from './follow';
import { parsePath } from './parse-path';
import { bracketed, Path } from './path';
import { Json } from '../../json';
import { DefinitionError } from '../definition-error';
import { Evaluation } from '../evaluation';
import { ErrorName, EvaluationFailure } from '../failures';

/** JSONPath needs no waiting, so a whole template is evaluated at once. */
export type PathExpression = (about: Evaluation) => Json;

/** Looks a path up; undefined where a path to one place leads nowhere. */
export type Lookup = (about: Evaluation) => Json | undefined;

export function parsePathField(text: string, where: string, field: string): Path {
  try {
    return parsePath(text);
  } catch (error) {
    throw new DefinitionError(where, field, `'${text}' is not a path: ${(error as Error).message}`);
  }
}

export function lookupOf(path: Path): Lookup {
  return (about) => {
    const start = rootOf(path, about);
    if (start === undefined) {
      return undefined;
    }
    const found = followSteps(start, path.steps);
    const value = path.definite ? found[0] : found;
    return path.tail === undefined || value === undefined ? value : applyFunction(path.tail, value)[0];
  };
}

/** A path that must lead somewhere, in a field that says `Invalid path` if it does not. */
export function compilePath(text: string, where: string, field: string): PathExpression {
  const path = parsePathField(text, where, field);
  const lookup = lookupOf(path);
  return (about) => {
    const value = lookup(about);
    if (value === undefined) {
      throw runtimeFailure(`Invalid path '${text}' : ${missingIn(path, rootOf(path, about))}`);
    }
    return value;
  };
}

/** A path that must lead somewhere, in a field that names itself and its input if it does not. */
export function compileNamedPath(path: Path, field: string): PathExpression {
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

/** Says where a path to one place ends: for AWS a property that is missing on the way is another case than one at the end. */
function missingIn(path: Path, start: Json | undefined): string {
  const onTheWay = path.definite && start !== undefined ? path.steps.slice(0, -1) : [];
  const missing = onTheWay.findIndex((step, i) => step.kind === 'name' && followSteps(start!, path.steps.slice(0, i + 1)).length === 0);
  return missing === -1 ? `No results for path: ${bracketed(path)}` : `Missing property in path ${bracketed({ ...path, steps: path.steps.slice(0, missing + 1) })}`;
}

export function runtimeFailure(problem: string): EvaluationFailure {
  return new EvaluationFailure(ErrorName.RUNTIME, problem);
}

function rootOf(path: Path, about: Evaluation): Json | undefined {
  switch (path.root.kind) {
    case 'document':
      return about.document;
    case 'context':
      return about.context as unknown as Json;
    case 'variable':
      return about.variables[path.root.name];
  }
}
