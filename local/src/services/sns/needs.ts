import { keyNeeds } from '../access/key-needs';
import { need, NeedsOf, NeedTable } from '../access/need';
import { PolicyBook } from '../access/policy-book';

/**
 * What calls to SNS need.
 * Keys: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function snsNeeds(book: PolicyBook): NeedTable {
  const publish: NeedsOf = ({ TopicArn, TargetArn }) => {
    const arn = String(TopicArn ?? TargetArn);
    return [need('sns:Publish', arn), ...keyNeeds(book, arn, ['GenerateDataKey', 'Decrypt'], { 'kms:EncryptionContext:aws:sns:topicArn': arn })];
  };
  return { Publish: publish, PublishBatch: publish };
}
