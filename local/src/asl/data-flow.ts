import { Fields } from './fields';
import { Json } from '../json';
import { Visit } from './visit';

export type QueryLanguage = 'JSONata' | 'JSONPath';

/** What a state made of its result. */
export interface Completed {
  readonly output: Json;
  readonly assigned?: { readonly [variable: string]: Json };
}

/** How data goes through a state: the fields for it differ between the two query languages, the states do not. */
export interface DataFlow {
  /** The state's input after InputPath. */
  input(visit: Visit): Json;

  /** What the task, the branches or the items get: Arguments or Parameters. */
  arguments(visit: Visit, input: Json): Json | Promise<Json>;

  /** Output and variables of a state that has a result of its own. */
  complete(visit: Visit, input: Json, result: Json): Completed | Promise<Completed>;

  /** Output and variables of a state that only hands on its input. */
  handOn(visit: Visit, input: Json): Completed | Promise<Completed>;
}

/** What a state is compiled from. */
export interface StateSource {
  readonly name: string;
  readonly fields: Fields;
  readonly language: QueryLanguage;
  readonly flow: DataFlow;
}
