/** The fields of a line: ids, names and numbers, never data of a client or an order. More principals can read a log than the table. */
export type About = Readonly<Record<string, string | number | undefined>>;

/** Logs a completed operation. */
export function logDone(what: string, about: About = {}): void {
  write('INFO', what, about);
}

/** Logs a failure and its cause. */
export function logFailure(what: string, error: unknown, about: About = {}): void {
  const { name, message } = error as Error;
  write('ERROR', what, { ...about, error: name, message });
}

/** The texts for an operation that was completed, and for one that failed. */
export interface LogTexts {
  readonly done: string;
  readonly failed: string;
}

/** Runs an operation and logs one line with its outcome and duration. Rethrows what the operation throws. */
export async function logged<T>(texts: LogTexts, about: About, work: () => Promise<T>, outcomeOf: (result: T) => About): Promise<T> {
  const took = stopwatch();
  try {
    const result = await work();
    logDone(texts.done, { ...about, ...outcomeOf(result), ...took() });
    return result;
  } catch (error) {
    logFailure(texts.failed, error, { ...about, ...took() });
    throw error;
  }
}

/** Measures the time from now, for a line. */
export function stopwatch(): () => { readonly durationMs: number } {
  const start = performance.now();
  return () => ({ durationMs: Math.round(performance.now() - start) });
}

/** Lambda prefixes the lines of the console, which metric filters then cannot parse. */
function write(level: 'INFO' | 'ERROR', what: string, about: About): void {
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), level, what, ...about, traceId: traceId() })}\n`);
}

/** Lambda sets the variable for each invocation. */
function traceId(): string | undefined {
  return /Root=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID ?? '')?.[1];
}
