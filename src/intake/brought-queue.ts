import { Annotations, CfnResource, Duration, Token, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ValidationError } from '../private/validation-error';

/** What SQS does unless it is told otherwise. */
const DEFAULT_VISIBILITY_SECONDS = 30;

/**
 * Refuses a queue that would hand out messages which are still worked on, and warns of one that never parks what fails.
 * Of a queue that was made elsewhere, neither is known.
 *
 * @internal
 */
export function checkBroughtQueue(scope: Construct, queue: sqs.IQueue, visibility: Duration): void {
  const resource = queue.node.defaultChild;
  if (!CfnResource.isCfnResource(resource) || resource.cfnResourceType !== sqs.CfnQueue.CFN_RESOURCE_TYPE_NAME) {
    return;
  }
  const { visibilityTimeout = DEFAULT_VISIBILITY_SECONDS, redrivePolicy } = resource as sqs.CfnQueue;
  if (!Token.isUnresolved(visibilityTimeout) && visibilityTimeout < visibility.toSeconds()) {
    throw new ValidationError(
      `the queue ${queue.node.path} has a visibilityTimeout of ${visibilityTimeout} seconds, so an order could be taken twice at a time:`
      + ` give it at least ${visibility.toSeconds()}`,
      scope,
    );
  }
  if (redrivePolicy === undefined) {
    Annotations.of(scope).addWarningV2(
      'cdk-order-workflow:queueWithoutDeadLetters',
      `the queue ${queue.node.path} has no dead-letter queue: a message that keeps failing is tried until it is too old, and is then gone`,
    );
  }
}
