/** What a sweep came upon; an event tells of what it led to. */
export interface Sweepings {
  readonly OverdueOrders?: number;
  readonly OrdersNeedingAttention?: number;
  readonly OrdersRecovered: number;
  readonly OrdersStarted: number;
}

/** A line of a log that CloudWatch makes metrics of. */
export function metricLine(namespace: string, workflow: string, at: number, sweepings: Sweepings): string {
  const Metrics = Object.keys(sweepings).map(Name => ({ Name, Unit: 'Count' }));
  return JSON.stringify({
    _aws: { Timestamp: at, CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [[]], Metrics }] },
    workflow,
    ...sweepings,
  });
}
