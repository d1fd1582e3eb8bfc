import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { ageMetric, apiMetric } from '../part-metrics';
import { WatchedParts } from '../watched-parts';
import { graph, heading } from '../widgets';

/** How orders come in. @internal */
export function intakesSection({ httpApis, queues }: WatchedParts): cloudwatch.IWidget[][] {
  const requests = httpApis.length === 0 ? [] : [
    graph({
      title: 'HTTP requests', width: 8, unit: 'Requests', metrics: httpApis.flatMap((api) => ['Count', '4xx', '5xx'].map((name) => apiMetric(api, name))),
    }),
    graph({
      title: 'HTTP latency',
      width: 8,
      unit: 'Milliseconds',
      metrics: httpApis.flatMap((api) => ['p50', 'p99'].map((statistic) =>
        apiMetric(api, 'Latency', statistic).with({ label: `${api.name}: ${statistic}` }))),
    }),
  ];
  const waiting = queues.length === 0 ? [] : [
    graph({ title: 'Oldest order in a queue', width: 8, unit: 'Seconds', metrics: queues.map(ageMetric) }),
  ];
  const widgets = [...requests, ...waiting];
  return widgets.length === 0 ? [] : [
    [heading('## Intakes\nA 4xx is an error of the client, throttled requests (429) among them. Errors of the functions are below.')],
    widgets,
  ];
}
