import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { apiMetric, queueMetric } from '../part-metrics';
import { graph, heading } from '../widgets';
import { WorkflowParts } from '../workflow-parts';

/** How orders come in. @internal */
export function intakesSection({ httpApis, intakeQueues }: WorkflowParts): cloudwatch.IWidget[][] {
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
  const waiting = intakeQueues.length === 0 ? [] : [
    graph({
      title: 'Oldest order in a queue',
      width: 8,
      unit: 'Seconds',
      metrics: intakeQueues.map(({ name, part }) =>
        queueMetric(name, part, 'ApproximateAgeOfOldestMessage')),
    }),
  ];
  const widgets = [...requests, ...waiting];
  return widgets.length === 0 ? [] : [
    [heading('## Intakes\nA 4xx is an answer that a client earned, too many requests (429) among them. Errors of the functions are below.')],
    widgets,
  ];
}
