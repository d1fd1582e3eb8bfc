const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** How long the feed waits for what, in milliseconds. */
export interface FeedTiming {
  /** For the address and the handshake of a connection. @default 20 s */
  readonly connect: number;
  /** Of silence until it asks whether the connection lives. API Gateway closes after 10 min. @default 4 min */
  readonly ping: number;
  /** For the answer to a ping before the connection counts as lost. @default 10 s */
  readonly pong: number;
  /** For the answer to a subscription before it is asked again. @default 15 s */
  readonly answer: number;
  /** At most before the first new attempt; doubled for each one that fails. @default 1 s */
  readonly backoff: number;
  /** At most before any new attempt. @default 30 s */
  readonly backoffLimit: number;
  /** Of being connected until earlier failures are forgotten. @default 30 s */
  readonly steady: number;
  /** The age at which a connection is replaced, less up to a tenth by chance. API Gateway closes after 2 h. @default 110 min */
  readonly rotate: number;
  /** That the replaced connection stays beside the new one. @default 15 s */
  readonly overlap: number;
  /** That a subscription outlives its last watch, and the connection its last subscription. @default 5 s */
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
