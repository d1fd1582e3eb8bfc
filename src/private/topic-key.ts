import { aws_iam as iam, aws_kms as kms, aws_sns as sns } from 'aws-cdk-lib';

/**
 * The key of a topic, which is not part of its interface.
 *
 * @internal
 */
export function topicKey(topic: sns.ITopic): kms.IKey | undefined {
  return (topic as { masterKey?: kms.IKey }).masterKey;
}

/** Grants what publishing to a topic needs of its key, which the CDK does not grant with it. @internal */
export function grantTopicKey(topic: sns.ITopic, grantee: iam.IGrantable): void {
  topicKey(topic)?.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey*');
}
