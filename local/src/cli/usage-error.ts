/** What the caller can mend: one line that says what is wrong and what to do. */
export class UsageError extends Error {
  public override readonly name = 'UsageError';
}
