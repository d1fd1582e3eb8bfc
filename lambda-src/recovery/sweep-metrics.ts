import { embeddedMetrics } from '../metrics';

/** The metrics of a sweep; those of an event have only what was done. */
export interface SweepMetrics {
  readonly OverdueOrders?: number;
  readonly OrdersNeedingAttention?: number;
  readonly OrdersRecovered: number;
  readonly OrdersStarted: number;
}

export function metricLine(namespace: string, workflow: string, at: number, metrics: SweepMetrics): string {
  return embeddedMetrics(namespace, workflow, at, metrics);
}
