import { Annotations, Reference, Token, Tokenization, aws_sns as sns, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { ValidationError } from './validation-error';

/**
 * Refuses a FIFO queue that cannot deduplicate by content: EventBridge sends no deduplication id.
 *
 * Of an imported queue it is not known, so there is a warning.
 *
 * @internal
 */
export function checkContentDeduplication(scope: Construct, queue: sqs.IQueue): void {
  if (!queue.fifo) {
    return;
  }
  const resource = queue.node.defaultChild as sqs.CfnQueue | undefined;
  if (!resource) {
    Annotations.of(scope).addWarningV2(
      'cdk-order-workflow:contentBasedDeduplication',
      `the queue ${queue.node.path} is a FIFO queue and imported: enable its content-based deduplication, as EventBridge sends no deduplication id`,
    );
  } else if (resource.contentBasedDeduplication !== true && !Token.isUnresolved(resource.contentBasedDeduplication)) {
    throw new ValidationError(
      `the FIFO queue ${queue.node.path} refuses every message of EventBridge, which has no deduplication id: set contentBasedDeduplication of the queue`, scope);
  }
}

/** Whether an endpoint of SNS is a FIFO queue, by its resource or its name. @internal */
export function isFifoQueue({ protocol, endpoint }: sns.TopicSubscriptionConfig): boolean {
  if (protocol !== sns.SubscriptionProtocol.SQS) {
    return false;
  }
  const target = referencedIn(endpoint);
  return target ? (target as sqs.CfnQueue).fifoQueue === true : endpoint.endsWith('.fifo');
}

/** The construct whose attribute is in a text. @internal */
export function referencedIn(text: string): IConstruct | undefined {
  return Tokenization.reverseString(text).tokens.filter((token) => Reference.isReference(token)).map(({ target }) => target)[0];
}
