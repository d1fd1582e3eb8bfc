import { aws_iam as iam, aws_sqs as sqs } from 'aws-cdk-lib';

/**
 * Grants the principal permission to send messages to a queue, its key included.
 *
 * `grantSendMessages` of a queue also grants to read its attributes and its URL, and to encrypt with its key, which SQS does itself:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 *
 * @internal
 */
export function grantSend(queue: sqs.IQueue, grantee: iam.IGrantable): iam.Grant {
  const grant = queue.grant(grantee, 'sqs:SendMessage');
  const key = queue.encryptionMasterKey?.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
  return key ? grant.combine(key) : grant;
}

/**
 * Grants the principal permission to receive and delete messages of a queue, its key included.
 *
 * @internal
 */
export function grantReceive(queue: sqs.IQueue, grantee: iam.IGrantable, ...more: string[]): void {
  queue.grant(grantee, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', ...more);
  queue.encryptionMasterKey?.grant(grantee, 'kms:Decrypt');
}

/**
 * Grants the role of a function what Lambda needs to poll a queue for it, its key included.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 *
 * @internal
 */
export function grantPoll(queue: sqs.IQueue, grantee: iam.IGrantable): void {
  grantReceive(queue, grantee, 'sqs:GetQueueAttributes');
}
