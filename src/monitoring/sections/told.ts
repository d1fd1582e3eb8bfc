import { Duration, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { OrderProcessingWorkflow } from '../../order-processing-workflow';
import { parkedMetric } from '../part-metrics';
import { graph, heading } from '../widgets';
import { WorkflowParts } from '../workflow-parts';

/** Whether everybody hears of what happens. @internal */
export function toldSection({ alerts, statusFeed }: OrderProcessingWorkflow, parts: WorkflowParts): cloudwatch.IWidget[][] {
  const { publisher, parkingQueues } = parts;
  const topic = (metricName: string, label: string) => new cloudwatch.Metric({
    namespace: 'AWS/SNS', metricName, dimensionsMap: { TopicName: alerts.topic.topicName }, statistic: 'Sum', label,
  });
  const publishing = publisher ? [
    graph({
      title: 'Changes wait to be told',
      width: 8,
      unit: 'Milliseconds',
      metrics: [publisher.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(1), label: 'Oldest change' })],
    }),
    graph({
      title: 'Telling of changes',
      width: 8,
      unit: 'Invocations',
      metrics: [publisher.metricInvocations({ label: 'Batches' }), publisher.metricErrors({ label: 'Errors' })],
    }),
  ] : [];
  const connections = statusFeed ? [
    graph({
      title: 'Connections of the status feed',
      width: 8,
      unit: 'Events',
      metrics: [['ConnectCount', 'Connected'], ['MessageCount', 'Messages'], ['ClientError', 'Refused'], ['IntegrationError', 'Failed']]
        .map(([metricName, label]) => statusFeed.stage.metric(metricName, { statistic: 'Sum', label })),
    }),
  ] : [];
  const parked = parkingQueues.length > 0 ? [
    graph({ title: 'Parked: what could not be delivered', width: 12, unit: 'Messages', metrics: parkingQueues.map(parkedMetric) }),
  ] : [];
  const alerting = graph({
    title: 'Alerts',
    width: parked.length > 0 ? 12 : 24,
    unit: 'Messages',
    metrics: [topic('NumberOfMessagesPublished', 'Published'), topic('NumberOfNotificationsFailed', 'Not delivered')],
  });
  return [
    [heading('## Who is told\nThe status feed, the notifiers and the alerts. What waits in a parking queue can be sent again.')],
    ...(publishing.length > 0 ? [[...publishing, ...connections]] : []),
    [...parked, alerting],
  ];
}
