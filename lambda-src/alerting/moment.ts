/** When an alert was so. */
export interface Moment {
  readonly at: number;
  /** The version of the order, if it is of an order. */
  readonly version?: number;
}

/**
 * Whether one was so before the other.
 *
 * Versions go first: they are counted by the order itself, while times are of several clocks, and of who tells and not of what
 * happened. Equal moments come neither before nor after: what may be news is told, rather twice than never.
 */
export function isBefore(one: Moment, other: Moment): boolean {
  if (one.version === undefined || other.version === undefined || one.version === other.version) return one.at < other.at;
  return one.version < other.version;
}
