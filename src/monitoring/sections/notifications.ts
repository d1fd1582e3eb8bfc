import { Duration, aws_cloudwatch as cloudwatch, aws_sns as sns } from 'aws-cdk-lib';
import { ageMetric, messagesMetric } from '../part-metrics';
import { WatchedParts } from '../watched-parts';
import { graph, heading } from '../widgets';

/** Whether changes, notifications and alerts are delivered. @internal */
export function notificationsSection(topic: sns.ITopic, parts: WatchedParts): cloudwatch.IWidget[][] {
  const { publisher, webSocketStage, deadLetterQueues, otherQueues } = parts;
  const publishing = publisher ? [
    graph({
      title: 'Delay of published changes',
      width: 8,
      unit: 'Milliseconds',
      metrics: [publisher.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(1), label: 'Oldest change' })],
    }),
    graph({
      title: 'Status publisher',
      width: 8,
      unit: 'Invocations',
      metrics: [publisher.metricInvocations({ label: 'Batches' }), publisher.metricErrors({ label: 'Errors' })],
    }),
  ] : [];
  const connections = webSocketStage ? [
    graph({
      title: 'Connections of the status feed',
      width: 8,
      unit: 'Events',
      metrics: [['ConnectCount', 'Connects'], ['MessageCount', 'Messages'], ['ClientError', 'Client errors'], ['IntegrationError', 'Integration errors']]
        .map(([metricName, label]) => webSocketStage.metric(metricName, { statistic: 'Sum', label })),
    }),
  ] : [];
  const queues = [
    ...(deadLetterQueues.length > 0 ? [{ title: 'Dead-letter queues', unit: 'Messages', metrics: deadLetterQueues.map(messagesMetric) }] : []),
    ...(otherQueues.length > 0 ? [{ title: 'Oldest message of other queues', unit: 'Seconds', metrics: otherQueues.map(ageMetric) }] : []),
  ];
  const width = 24 / (queues.length + 1);
  const published = (metricName: string, label: string) => new cloudwatch.Metric({
    namespace: 'AWS/SNS', metricName, dimensionsMap: { TopicName: topic.topicName }, statistic: 'Sum', label,
  });
  const alerts = graph({
    title: 'Alerts',
    width,
    unit: 'Messages',
    metrics: [published('NumberOfMessagesPublished', 'Published'), published('NumberOfNotificationsFailed', 'Not delivered')],
  });
  return [
    [heading('## Notifications\nThe status feed, the notifiers and the alerts. Messages in a dead-letter queue can be redriven.')],
    ...(publishing.length > 0 ? [[...publishing, ...connections]] : []),
    [...queues.map((queue) => graph({ ...queue, width })), alerts],
  ];
}
