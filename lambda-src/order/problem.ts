/** A field of an order that is wrong, and how. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

/** All problems in one line, as the reason of a rejection. */
export function problemText(problems: readonly Problem[]): string {
  return problems.map(({ field, message }) => `${field}: ${message}`).join('; ');
}
