const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The time-outs and intervals of the feed, in milliseconds. */
export interface FeedTiming {
  /** The time-out of a connection attempt: the address and the handshake. @default 20 s */
  readonly connect: number;
  /** The silence after which the feed sends a ping. API Gateway closes an idle connection after 10 min. @default 4 min */
  readonly ping: number;
  /** The time-out of a ping, after which the connection counts as lost. @default 10 s */
  readonly pong: number;
  /** The time-out of a subscription, after which it is sent again. @default 15 s */
  readonly answer: number;
  /** The longest delay before the first reconnect; doubled for each one that fails. @default 1 s */
  readonly backoff: number;
  /** The longest delay before any reconnect. @default 30 s */
  readonly backoffLimit: number;
  /** The time for which a connection must last to reset the backoff. @default 30 s */
  readonly steady: number;
  /** The age at which a connection is replaced, less up to a tenth at random. API Gateway closes every connection after 2 h. @default 110 min */
  readonly rotate: number;
  /** How long the replaced connection stays open beside the new one. @default 15 s */
  readonly overlap: number;
  /** How long a subscription is kept after its last watch, and the connection after its last subscription. @default 5 s */
  readonly linger: number;
}

export const DEFAULT_TIMING: FeedTiming = {
  connect: 20 * SECOND,
  ping: 4 * MINUTE,
  pong: 10 * SECOND,
  answer: 15 * SECOND,
  backoff: SECOND,
  backoffLimit: 30 * SECOND,
  steady: 30 * SECOND,
  rotate: 110 * MINUTE,
  overlap: 15 * SECOND,
  linger: 5 * SECOND,
};
