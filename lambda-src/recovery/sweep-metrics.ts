/** The metrics of a sweep; those of an event have only what was done. */
export interface SweepMetrics {
  readonly OverdueOrders?: number;
  readonly OrdersNeedingAttention?: number;
  readonly OrdersRecovered: number;
  readonly OrdersStarted: number;
}

/** A log line in the embedded metric format, of which CloudWatch makes metrics. */
export function metricLine(namespace: string, workflow: string, at: number, metrics: SweepMetrics): string {
  const Metrics = Object.keys(metrics).map(Name => ({ Name, Unit: 'Count' }));
  return JSON.stringify({
    _aws: { Timestamp: at, CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [[]], Metrics }] },
    workflow,
    ...metrics,
  });
}
