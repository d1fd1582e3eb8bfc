import { aws_events_targets as targets, aws_iam as iam, aws_sqs as sqs } from 'aws-cdk-lib';
import { grantSend } from '../private/grant-queue';

/**
 * A queue as the target of a rule, which may send to it and no more.
 *
 * The target of the CDK decides under which conditions a rule may; what it grants under them is more than that needs: see `grantSend`.
 *
 * @internal
 */
export function queueTarget(queue: sqs.IQueue, props: targets.SqsQueueProps): targets.SqsQueue {
  const grantSendMessages = (grantee: iam.IGrantable): iam.Grant => grantSend(queue, grantee);
  return new targets.SqsQueue(Object.create(queue, { grantSendMessages: { value: grantSendMessages } }) as sqs.IQueue, props);
}
