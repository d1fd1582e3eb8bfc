import { Shape } from './model';
import { Json } from '../json';

/** A step into an input: to a member of a structure, or to an element of a list or a map. */
export type Step = { readonly member: string } | { readonly element: string };

/** What is wrong with an input, and where. */
export type Problem = Fault | UnknownMember;

/** What a service refuses. */
export type Fault = Place & (Missing | WrongType | Violation);

interface Place {
  readonly path: readonly Step[];
}

interface Missing {
  readonly kind: 'missing';
}

/** A member that a service ignores. */
export interface UnknownMember extends Place {
  readonly kind: 'unknown';
  /** The members that there are. */
  readonly known: readonly string[];
}

interface WrongType {
  readonly kind: 'type';
  readonly expected: Shape['type'];
  readonly value: Json;
}

interface Violation {
  readonly kind: 'constraint';
  /** In the words of the services: `Member must have length greater than or equal to 1`. */
  readonly constraint: string;
  readonly value: Json;
  /** The value that violates it: that at the place, or one of its elements. */
  readonly culprit: Json;
  readonly sensitive: boolean;
}

/** The problems of a part, as those of the whole. */
export function within(step: Step, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, path: [step, ...problem.path] }));
}
