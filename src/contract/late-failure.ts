/** What is published of a failure that is found later: its error is in the log only. The cause names the step between these texts. */
export const LATE_FAILURE = {
  ERROR: 'OrderFailed',
  CAUSE: ['published late, the log has the error: ', ' failed'],
} as const;
