/** What a line is about: ids, names and numbers, never what a client or an order holds. A log is read by more people than the table. */
export type About = Readonly<Record<string, string | number | undefined>>;

/** A line of what was done. */
export function logDone(what: string, about: About = {}): void {
  write('INFO', what, about);
}

/** A line for whoever looks for the cause of what went wrong. */
export function logFailure(what: string, error: unknown, about: About = {}): void {
  const { name, message } = error as Error;
  write('ERROR', what, { ...about, error: name, message });
}

/** What is said of work that was done, and of work that failed. */
export interface Words {
  readonly done: string;
  readonly failed: string;
}

/** Does something and writes one line about it, with the time it took. What it throws goes on to the caller. */
export async function logged<T>(words: Words, about: About, work: () => Promise<T>, outcomeOf: (result: T) => About): Promise<T> {
  const took = stopwatch();
  try {
    const result = await work();
    logDone(words.done, { ...about, ...outcomeOf(result), ...took() });
    return result;
  } catch (error) {
    logFailure(words.failed, error, { ...about, ...took() });
    throw error;
  }
}

/** The time since now, for a line. */
export function stopwatch(): () => { readonly durationMs: number } {
  const start = performance.now();
  return () => ({ durationMs: Math.round(performance.now() - start) });
}

/** Lambda puts words before what the console writes, which metric filters then cannot read. */
function write(level: 'INFO' | 'ERROR', what: string, about: About): void {
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), level, what, ...about, traceId: traceId() })}\n`);
}

/** Lambda sets it anew for each invocation. */
function traceId(): string | undefined {
  return /Root=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID ?? '')?.[1];
}
