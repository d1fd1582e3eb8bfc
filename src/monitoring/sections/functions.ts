import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { functionMetric, tableMetric } from '../part-metrics';
import { WatchedParts } from '../watched-parts';
import { graph, heading } from '../widgets';

/** The duration of the functions that steps invoke; errors and throttles of functions and tables. @internal */
export function functionsSection(parts: WatchedParts): cloudwatch.IWidget[][] {
  const steps = parts.stepFunctions;
  const durations = ['p50', 'p95', 'p99'].map((statistic) => graph({
    title: `Duration of steps: ${statistic}`,
    width: 8,
    metrics: steps.map(([fn, label]) => fn.metricDuration({ statistic, label })),
    unit: 'Milliseconds',
  }));
  const counts = (title: string, metricName: string) => graph({
    title, width: 8, metrics: parts.functions.map((fn) => functionMetric(fn, metricName)), unit: 'Invocations',
  });
  const tables = (title: string, metricNames: string[]) => graph({
    title, width: 8, metrics: parts.tables.flatMap((table) => metricNames.map((name) => tableMetric(table, name))), unit: 'Events',
  });
  return [
    [heading('## Steps, functions and tables\nThe functions that steps invoke, your own among them; then all functions and tables of the workflow.')],
    ...(steps.length > 0 ? [durations] : []),
    [
      counts('Errors of functions', 'Errors'),
      counts('Throttled invocations of functions', 'Throttles'),
      tables('Throttled requests of tables', ['ReadThrottleEvents', 'WriteThrottleEvents']),
    ],
  ];
}
