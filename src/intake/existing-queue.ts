import { Annotations, CfnResource, Duration, Token, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ValidationError } from '../private/validation-error';

/** The visibility timeout of a queue that sets none. */
const DEFAULT_VISIBILITY_SECONDS = 30;

/**
 * Refuses a queue that would deliver a message again while it is being processed, and warns of one without a dead-letter queue.
 * Of an imported queue neither is known.
 *
 * @internal
 */
export function checkExistingQueue(scope: Construct, queue: sqs.IQueue, visibility: Duration): void {
  const resource = queue.node.defaultChild;
  if (!CfnResource.isCfnResource(resource) || resource.cfnResourceType !== sqs.CfnQueue.CFN_RESOURCE_TYPE_NAME) {
    return;
  }
  const { visibilityTimeout = DEFAULT_VISIBILITY_SECONDS, redrivePolicy } = resource as sqs.CfnQueue;
  if (!Token.isUnresolved(visibilityTimeout) && visibilityTimeout < visibility.toSeconds()) {
    throw new ValidationError(
      `the queue ${queue.node.path} has a visibilityTimeout of ${visibilityTimeout} seconds, so an order could be processed twice at the same time:`
      + ` set it to ${visibility.toSeconds()} or more`,
      scope,
    );
  }
  if (redrivePolicy === undefined) {
    Annotations.of(scope).addWarningV2(
      'cdk-order-workflow:queueWithoutDeadLetters',
      `the queue ${queue.node.path} has no dead-letter queue: a message that keeps failing is retried until its retention period ends,`
      + ' and is then deleted: set deadLetterQueue',
    );
  }
}
