import { parsePathField } from './compile-path';
import { isReference, PathStep } from './path';
import { isJsonObject, Json } from '../../json';
import { DefinitionError } from '../definition-error';
import { ErrorName, EvaluationFailure } from '../failures';

/** Puts a result into the state's input. */
export type PlaceResult = (input: Json, result: Json) => Json;

/** `null` drops the result, `$` lets it replace the input, another reference path names its place in the input. */
export function compileResultPath(text: Json | undefined, where: string, field: string): PlaceResult {
  if (text === null) {
    return (input) => input;
  }
  if (text === undefined || text === '$') {
    return (_input, result) => result;
  }
  if (typeof text !== 'string') {
    throw new DefinitionError(where, field, `must be a reference path or null but is ${JSON.stringify(text)}`);
  }
  const path = parsePathField(text, where, field);
  if (!isReference(path) || path.root.kind !== 'document') {
    throw new DefinitionError(where, field, `'${text}' must be a reference path into the input, as $.order.payment`);
  }
  return (input, result) => place(input, path.steps, result, text, input);
}

function place(into: Json | undefined, steps: readonly PathStep[], result: Json, text: string, input: Json): Json {
  if (steps.length === 0) {
    return result;
  }
  const [step, ...rest] = steps;
  if (step.kind === 'index') {
    if (!Array.isArray(into) || step.index >= into.length) {
      throw mismatch(text, input);
    }
    return into.with(step.index, place(into[step.index], rest, result, text, input));
  }
  const name = (step as { name: string }).name;
  if (into !== undefined && !isJsonObject(into)) {
    throw mismatch(text, input);
  }
  const inner = into !== undefined && Object.hasOwn(into, name) ? into[name] : undefined;
  return { ...into, [name]: place(inner, rest, result, text, input) };
}

function mismatch(text: string, input: Json): EvaluationFailure {
  return new EvaluationFailure(ErrorName.RESULT_PATH, `Unable to apply ReferencePath ${text} to input ${JSON.stringify(input)}`);
}
