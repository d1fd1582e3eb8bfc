import { ErrorName, EvaluationFailure } from './failures';
import { Payload } from './payload';
import { Json } from '../json';

/** Variables by name. The prototype is the enclosing scope: inner scopes read it and cannot write it. */
export interface Variables {
  [name: string]: Json;
}

export function rootScope(): Variables {
  return Object.create(null) as Variables;
}

export function innerScope(outer: Variables): Variables {
  return Object.create(outer) as Variables;
}

/** One variable, and all that a state assigns, is at most as large as a payload: https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html */
export function checkVariables(assigned: { readonly [variable: string]: Json } | undefined): void {
  if (assigned !== undefined && new Payload(assigned).tooLarge) {
    const names = Object.keys(assigned).join(', ');
    throw new EvaluationFailure(ErrorName.DATA_LIMIT_EXCEEDED, `The variables ${names} exceed the maximum size of 256 KiB.`);
  }
}
