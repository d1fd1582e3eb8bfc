import { ContextObject } from './context';
import { Variables } from './variables';
import { Json } from '../json';
import { Random } from '../random';

/** Everything that an expression may look at. */
export interface Evaluation {
  /** `$` of JSONPath. */
  readonly document: Json;
  /** `$states.input` of JSONata. */
  readonly input: Json;
  /** `$states.result`. */
  readonly result?: Json;
  /** `$states.errorOutput`. */
  readonly errorOutput?: Json;
  readonly context: ContextObject;
  readonly variables: Variables;
  readonly now: number;
  readonly random: Random;
}

/** A compiled value of a field. Plain values and paths answer at once, JSONata answers later. */
export type Expression = (about: Evaluation) => Json | Promise<Json>;

export function constant(value: Json): Expression {
  return () => value;
}
