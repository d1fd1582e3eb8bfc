import { Json } from '../../json';

/** Which calls are hit: everything that is given must match. */
export interface FaultPlace {
  /** The name of a Task state; its own call, not those of the function behind it. */
  readonly state?: string;
  /** The name of a function that calls, or a part of it. */
  readonly caller?: string;
  /** A service as its endpoint is named: dynamodb, lambda, sns, sqs, ses, events, states. */
  readonly service?: string;
  /** An operation of the API, such as TransactWriteItems. */
  readonly operation?: string;
  /** What is called: the name of a table, function, topic or queue, or a part of it. */
  readonly resource?: string;
}

export type FaultKind =
  /** An error, and nothing happened. */
  | 'failBefore'
  /** An error, although it happened. */
  | 'failAfter'
  /** No answer, and nothing happened. */
  | 'timeOut'
  /** No answer in time; it happens afterwards. */
  | 'lateSuccess'
  /** It happens twice, one after the other. */
  | 'duplicate'
  | 'throttle'
  /** A conflict with another transaction. */
  | 'conflict'
  /** It happens, and the answer is another. */
  | 'answer';

export interface Fault {
  readonly at: FaultPlace;
  readonly kind: FaultKind;
  /** How many calls it hits. @default 1, or any number where a probability is given */
  readonly times?: number;
  /** How likely a call is hit, from 0 to 1; drawn from the cloud's seed. @default 1 */
  readonly probability?: number;
  /** The calls that it lets pass before. @default 0 */
  readonly after?: number;
  /** The error's name: for a function its own error type, else the service's exception. */
  readonly error?: string;
  /** What is answered instead, for the kind `answer`: for a function its payload. */
  readonly answer?: Json;
  /** How much later than the time-out a late success happens, in milliseconds. @default 1000 */
  readonly lateByMs?: number;
}
