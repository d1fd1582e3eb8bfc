import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { Watched } from './watched-parts';

/** A metric of a function. @internal */
export function functionMetric({ name, id }: Watched, metricName: string): cloudwatch.Metric {
  return new cloudwatch.Metric({ namespace: 'AWS/Lambda', metricName, dimensionsMap: { FunctionName: id }, statistic: 'Sum', label: name });
}

/** A metric of a table. @internal */
export function tableMetric({ name, id }: Watched, metricName: string, dimensions: { [name: string]: string } = {}): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/DynamoDB', metricName, dimensionsMap: { TableName: id, ...dimensions }, statistic: 'Sum', label: `${name}: ${metricName}`,
  });
}

/** The age of the oldest message of a queue. @internal */
export function ageMetric(queue: Watched): cloudwatch.Metric {
  return queueMetric(queue, 'ApproximateAgeOfOldestMessage');
}

/** How many messages are in a queue. @internal */
export function messagesMetric(queue: Watched): cloudwatch.Metric {
  return queueMetric(queue, 'ApproximateNumberOfMessagesVisible');
}

/** A metric of an HTTP API. @internal */
export function apiMetric({ name, id }: Watched, metricName: string, statistic = 'Sum'): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/ApiGateway', metricName, dimensionsMap: { ApiId: id }, statistic, label: `${name}: ${metricName}`,
  });
}

function queueMetric({ name, id }: Watched, metricName: string): cloudwatch.Metric {
  return new cloudwatch.Metric({ namespace: 'AWS/SQS', metricName, dimensionsMap: { QueueName: id }, statistic: 'Maximum', label: name });
}
