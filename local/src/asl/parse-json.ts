import { Json } from '../json';

/** What goes deeper cannot be handed on: whatever works on JSON goes down as deep as it is. */
const DEEPEST = 1_000;

/** The value of a text that came from an expression or a task. */
export function parseJson(text: string): Json {
  if (text.length > 2 * DEEPEST && depthOf(text) > DEEPEST) {
    throw new Error(`the JSON text is nested more than ${DEEPEST} levels deep`);
  }
  return JSON.parse(text) as Json;
}

function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [token] of text.matchAll(/[[\]{}]|"(?:[^"\\]|\\.)*"/g)) {
    if (token === '[' || token === '{') {
      deepest = Math.max(deepest, ++depth);
    } else if (token === ']' || token === '}') {
      depth--;
    }
  }
  return deepest;
}
