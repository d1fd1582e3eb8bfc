/** When the event of an alert happened. */
export interface Occurrence {
  readonly at: number;
  /** The version of the order, if the alert is about an order. */
  readonly version?: number;
}

/**
 * Whether one happened before the other.
 *
 * Versions are compared first: the order counts them itself, while times come from several clocks, and from the sender
 * instead of the event. Equal ones are neither before nor after: it is better to send an alert twice than never.
 */
export function isBefore(one: Occurrence, other: Occurrence): boolean {
  if (one.version === undefined || other.version === undefined || one.version === other.version) return one.at < other.at;
  return one.version < other.version;
}
