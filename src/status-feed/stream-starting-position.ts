/**
 * Where the status publisher begins to read the stream of an existing orders table, when it is deployed for the first time.
 */
export enum StreamStartingPosition {
  /** With the next change. Changes of the minutes in which Lambda sets up the event source mapping can be missed. */
  LATEST = 'LATEST',
  /** With the oldest change in the stream: what changed in the 24 hours before is published as if it were new. */
  TRIM_HORIZON = 'TRIM_HORIZON',
}
