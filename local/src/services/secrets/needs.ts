import { Json } from '../../json';
import { keyNeeds, via } from '../access/key-needs';
import { need, NeedsOf, NeedTable } from '../access/need';
import { PolicyBook } from '../access/policy-book';

/**
 * What calls to Secrets Manager need.
 * Keys: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 * @param arnOf the ARN of the secret of this name or ARN
 */
export function secretsNeeds(book: PolicyBook, region: string, arnOf: (id: Json | undefined) => string): NeedTable {
  const secret = (action: string, ...ofKey: string[]): NeedsOf => ({ SecretId }) => {
    const arn = arnOf(SecretId);
    return [
      need(`secretsmanager:${action}`, arn),
      ...keyNeeds(book, arn, ofKey, { ...via('secretsmanager', region), 'kms:EncryptionContext:SecretARN': arn }),
    ];
  };
  return {
    CreateSecret: ({ Name }) => [need('secretsmanager:CreateSecret', arnOf(Name))],
    GetSecretValue: secret('GetSecretValue', 'Decrypt'),
    PutSecretValue: secret('PutSecretValue', 'GenerateDataKey', 'Decrypt'),
  };
}
