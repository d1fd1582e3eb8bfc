import { compileLeaf, PatternError, Test } from './leaf-test';
import { isJsonObject, Json, JsonObject } from '../../json';

export { PatternError } from './leaf-test';
export type Pattern = (event: Json) => boolean;

/** Compiles an event pattern: of EventBridge, of an event source mapping's filter, of a subscription's filter on bodies. */
export function compilePattern(pattern: JsonObject): Pattern {
  return compileObject(pattern);
}

function compileObject(pattern: JsonObject): Test {
  const tests = Object.entries(pattern).map(([name, wanted]) => (name === '$or' ? compileOr(wanted) : compileMember(name, wanted)));
  return (value) => tests.every((test) => test(value));
}

function compileOr(wanted: Json): Test {
  if (!Array.isArray(wanted)) {
    throw new PatternError(`$or wants a list of patterns, not ${JSON.stringify(wanted)}`);
  }
  const tests = wanted.map((one) => compileObject(one as JsonObject));
  return (value) => tests.some((test) => test(value));
}

function compileMember(name: string, wanted: Json): Test {
  const test = compileValue(name, wanted);
  return (value) => {
    // A list stands for each of its items.
    const holders = Array.isArray(value) ? value : [value];
    return holders.some((holder) => test(isJsonObject(holder) ? holder[name] : undefined));
  };
}

function compileValue(name: string, wanted: Json): Test {
  if (isJsonObject(wanted)) {
    return compileObject(wanted);
  }
  if (!Array.isArray(wanted)) {
    throw new PatternError(`the pattern's ${name} must be a list or an object, not ${JSON.stringify(wanted)}`);
  }
  const tests = wanted.map(compileLeaf);
  return (value) => (Array.isArray(value)
    ? value.some((item) => tests.some((test) => test(item)))
    : tests.some((test) => test(value)));
}
