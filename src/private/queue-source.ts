import { Names, aws_lambda as lambda, aws_sqs as sqs } from 'aws-cdk-lib';
import { grantPoll } from './grant-queue';

/**
 * Has Lambda poll a queue for a function.
 *
 * `SqsEventSource` of the CDK grants more than that needs: see `grantPoll`. The id is the one that it gives: with another, CloudFormation
 * would replace the mapping, and Lambda refuses a second one of the same queue and function.
 *
 * @internal
 */
export function addQueueSource(handler: lambda.Function, queue: sqs.IQueue, options: lambda.EventSourceMappingOptions): void {
  handler.addEventSourceMapping(`SqsEventSource:${Names.nodeUniqueId(queue.node)}`, { ...options, eventSourceArn: queue.queueArn });
  grantPoll(queue, handler);
}
