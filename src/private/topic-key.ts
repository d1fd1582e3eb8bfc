import { aws_kms as kms, aws_sns as sns } from 'aws-cdk-lib';

/**
 * The key of a topic, which is not part of its interface.
 *
 * @internal
 */
export function topicKey(topic: sns.ITopic): kms.IKey | undefined {
  return (topic as { masterKey?: kms.IKey }).masterKey;
}
