/** An error that the caller can correct: its message is one line that states what is wrong and what to do. */
export class UsageError extends Error {
  public override readonly name = 'UsageError';
}
