import { Problem, problemText } from '../order/parse-order';

/** Why an intake says no. It stays no, however often the same is sent. */
export type RefusalKind =
  | 'conflict'
  | 'forbidden'
  | 'invalid'
  | 'not-found'
  | 'nothing-to-decide'
  | 'too-large'
  | 'too-late'
  | 'unsupported-media-type';

/** What a client asked for and does not get. It is thrown, so that no lock keeps it as an answer. */
export class Refusal extends Error {
  public constructor(public readonly kind: RefusalKind, message: string, public readonly problems: readonly Problem[] = []) {
    super(message);
  }
}

export function invalid(problems: readonly Problem[]): Refusal {
  return new Refusal('invalid', problemText(problems), problems);
}

/** One answer for an order that is somebody else's and one that is not there. */
export function notFound(): Refusal {
  return new Refusal('not-found', 'there is no such order, or it is not yours');
}
