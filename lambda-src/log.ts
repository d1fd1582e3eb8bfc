/**
 * A line for whoever looks for the cause of what went wrong but was not thrown.
 * It names ids, never what a client or an order holds: a log is read by more people than the table.
 */
export function logFailure(what: string, error: unknown, about: Readonly<Record<string, string | number>> = {}): void {
  const { name, message } = error as Error;
  console.error(JSON.stringify({ what, ...about, error: name, message }));
}
