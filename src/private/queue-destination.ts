import { aws_lambda as lambda, aws_sqs as sqs } from 'aws-cdk-lib';
import { grantSend } from './grant-queue';

/**
 * A queue that receives what a function failed at, from its asynchronous invocations or its event source. Lambda sends with the role of
 * the function.
 *
 * The classes of the CDK grant more than that: see `grantSend`.
 *
 * @internal
 */
export class QueueDestination implements lambda.IDestination, lambda.IEventSourceDlq {
  constructor(private readonly queue: sqs.IQueue) {}

  public bind(_source: unknown, handler: lambda.IFunction): lambda.DestinationConfig & lambda.DlqDestinationConfig {
    grantSend(this.queue, handler);
    return { destination: this.queue.queueArn };
  }
}
