/** A log line in the embedded metric format, of which CloudWatch makes metrics. */
export function embeddedMetrics(namespace: string, workflow: string, at: number, metrics: object): string {
  const Metrics = Object.keys(metrics).map(Name => ({ Name, Unit: 'Count' }));
  return JSON.stringify({
    _aws: { Timestamp: at, CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [[]], Metrics }] },
    workflow,
    ...metrics,
  });
}

/** Writes metrics to the log. */
export function printMetrics(...line: Parameters<typeof embeddedMetrics>): void {
  printLine(embeddedMetrics(...line));
}

/** Not through the console, which would put a prefix before the line. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
