import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { functionMetric, tableMetric } from '../part-metrics';
import { graph, heading } from '../widgets';
import { WorkflowParts } from '../workflow-parts';

const PERCENTILES: [statistic: string, words: string][] = [['p50', 'half of the calls'], ['p95', '95 % of the calls'], ['p99', '99 % of the calls']];

/** How long the functions behind the steps take, and what functions and tables fail at. @internal */
export function functionsSection(parts: WorkflowParts): cloudwatch.IWidget[][] {
  const steps = parts.stepFunctions;
  const latencies = PERCENTILES.map(([statistic, words]) => graph({
    title: `Steps: ${words} take at most`,
    width: 8,
    metrics: steps.map(({ name, part }) => part.metricDuration({ statistic, label: name })),
    unit: 'Milliseconds',
  }));
  const counts = (title: string, metricName: string) => graph({
    title, width: 8, metrics: parts.functions.map((fn) => functionMetric(fn, metricName)), unit: 'Invocations',
  });
  const tables = (title: string, metricNames: string[]) => graph({
    title, width: 8, metrics: parts.tables.flatMap((table) => metricNames.map((name) => tableMetric(table, name))), unit: 'Events',
  });
  return [
    [heading('## Steps, functions and tables\nThe functions behind the steps, yours among them; then all functions and tables of the workflow.')],
    ...(steps.length > 0 ? [latencies] : []),
    [
      counts('Errors of functions', 'Errors'),
      counts('Throttled calls of functions', 'Throttles'),
      tables('Throttled requests of tables', ['ReadThrottleEvents', 'WriteThrottleEvents']),
    ],
  ];
}
