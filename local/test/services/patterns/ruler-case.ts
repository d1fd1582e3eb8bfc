import { Json, JsonObject } from '../../../src/json';

/** A behaviour that aws/event-ruler documents or tests: what a pattern matches, and what not. */
export interface RulerCase {
  /** A sentence. */
  readonly says: string;
  readonly pattern: JsonObject;
  readonly matches: readonly Json[];
  readonly matchesNot: readonly Json[];
}
