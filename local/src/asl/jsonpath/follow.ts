import { PathFunction, PathStep } from './path';
import { isJsonObject, Json, JsonObject } from '../../json';
import { ErrorName, EvaluationFailure } from '../failures';

/** More values than a payload of the largest size has: as text they could not be handed on. */
const MOST_FOUND = 150_000;

/** All values that the steps lead to; none if they lead nowhere. */
export function followSteps(start: Json, steps: readonly PathStep[]): Json[] {
  let found: Json[] = [start];
  for (const step of steps) {
    const next: Json[] = [];
    for (const value of found) {
      for (const taken of take(value, step, start)) {
        if (next.push(taken) > MOST_FOUND) {
          throw new EvaluationFailure(ErrorName.RUNTIME, `A path leads to more than ${MOST_FOUND} places`);
        }
      }
    }
    found = next;
  }
  return found;
}

function take(value: Json, step: PathStep, root: Json): Json[] {
  switch (step.kind) {
    case 'name':
      return isJsonObject(value) && Object.hasOwn(value, step.name) ? [value[step.name]] : [];
    case 'names':
      return isJsonObject(value) ? [pick(value, step.names)] : [];
    case 'index':
      return at(value, step.index);
    case 'indexes':
      return step.indexes.flatMap((index) => at(value, index));
    case 'slice':
      return Array.isArray(value) ? slice(value, step) : [];
    case 'every':
      return children(value);
    case 'descend':
      return withDescendants(value).flatMap((descendant) => take(descendant, step.then, root));
    case 'filter':
      return (Array.isArray(value) ? value : [value]).filter((item) => step.filter(item, root));
    case 'function':
      return applyFunction(step.name, value);
  }
}

function at(value: Json, index: number): Json[] {
  const item = Array.isArray(value) ? value.at(index) : undefined;
  return item === undefined ? [] : [item];
}

function slice(array: Json[], { from, to, step }: { from?: number; to?: number; step: number }): Json[] {
  return array.slice(from, to).filter((_, i) => i % step === 0);
}

function children(value: Json): Json[] {
  return Array.isArray(value) ? value : isJsonObject(value) ? Object.values(value) : [];
}

/** A value before what is in it, in the order of the text. */
function withDescendants(value: Json): Json[] {
  const found: Json[] = [];
  const ahead = [value];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    found.push(next);
    for (const child of [...children(next)].reverse()) {
      ahead.push(child);
    }
  }
  return found;
}

function pick(object: JsonObject, names: readonly string[]): Json {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(object, name)).map((name) => [name, object[name]]));
}

/** The function's value; none where it has nothing to work on. */
export function applyFunction(name: PathFunction, value: Json): Json[] {
  if (name === 'length') {
    return typeof value === 'string' || Array.isArray(value) ? [value.length] : isJsonObject(value) ? [Object.keys(value).length] : [];
  }
  const numbers = Array.isArray(value) ? value.filter((item) => typeof item === 'number') : [];
  if (numbers.length === 0) {
    return [];
  }
  const sum = numbers.reduce((a, b) => a + b, 0);
  const [min, max] = [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))];
  return [{ min, max, sum, avg: sum / numbers.length }[name]];
}
