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
