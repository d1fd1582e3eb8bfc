import { Problem, problemText } from '../order/problem';

/** Why an intake refuses a request. A repetition is refused too. */
export type RefusalKind =
  | 'conflict'
  | 'forbidden'
  | 'invalid'
  | 'not-found'
  | 'nothing-to-decide'
  | 'too-large'
  | 'too-late'
  | 'unsupported-media-type';

/** A refused request. It is thrown, so that no lock stores it as a response. */
export class Refusal extends Error {
  public constructor(public readonly kind: RefusalKind, message: string, public readonly problems: readonly Problem[] = []) {
    super(message);
  }
}

export function invalid(problems: readonly Problem[]): Refusal {
  return new Refusal('invalid', problemText(problems), problems);
}

/** The same response for another user's order and for a missing one. */
export function notFound(): Refusal {
  return new Refusal('not-found', 'no such order, or the caller may not access it');
}
