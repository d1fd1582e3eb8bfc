import {
  CfnResource, aws_apigatewayv2 as apigwv2, aws_cloudwatch as cloudwatch, aws_dynamodb as dynamodb, aws_lambda as lambda, aws_sqs as sqs,
} from 'aws-cdk-lib';
import { Named } from './workflow-parts';

/** A metric of a function that the workflow made. @internal */
export function functionMetric({ name, part }: Named<lambda.CfnFunction>, metricName: string, statistic = 'Sum'): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/Lambda', metricName, dimensionsMap: { FunctionName: part.ref }, statistic, label: name,
  });
}

/** @internal */
export function tableMetric(
  { name, part }: Named<dynamodb.CfnTable | dynamodb.ITable>, metricName: string, dimensions: { [name: string]: string } = {},
): cloudwatch.Metric {
  const TableName = CfnResource.isCfnResource(part) ? part.ref : (part as dynamodb.ITable).tableName;
  return new cloudwatch.Metric({
    namespace: 'AWS/DynamoDB', metricName, dimensionsMap: { TableName, ...dimensions }, statistic: 'Sum', label: `${name}: ${metricName}`,
  });
}

/** @internal */
export function queueMetric(name: string, queueName: string, metricName: string): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/SQS', metricName, dimensionsMap: { QueueName: queueName }, statistic: 'Maximum', label: name,
  });
}

/** @internal */
export function parkedMetric({ name, part }: Named<sqs.CfnQueue>): cloudwatch.Metric {
  return queueMetric(name, part.attrQueueName, 'ApproximateNumberOfMessagesVisible');
}

/** @internal */
export function apiMetric({ name, part }: Named<apigwv2.CfnApi>, metricName: string, statistic = 'Sum'): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/ApiGateway', metricName, dimensionsMap: { ApiId: part.ref }, statistic, label: `${name}: ${metricName}`,
  });
}
