import { Json, JsonObject } from '../../json';
import { ContextValues } from '../../permissions';
import { keyNeeds } from '../access/key-needs';
import { need, NeedsOf, NeedTable } from '../access/need';
import { PolicyBook } from '../access/policy-book';

/**
 * What calls to Secrets Manager need.
 * Keys: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 * @param arnOf the ARN of the secret of this name or ARN
 */
export function secretsNeeds(book: PolicyBook, arnOf: (id: Json | undefined) => string): NeedTable {
  const secret = (action: string, ...ofKey: string[]): NeedsOf => (input) => {
    const arn = arnOf(input.SecretId);
    return [
      { ...need(`secretsmanager:${action}`, arn), context: { 'secretsmanager:SecretId': arn, ...stageOf(action, input) } },
      ...keyNeeds(book, arn, ofKey, { 'kms:EncryptionContext:SecretARN': arn }),
    ];
  };
  return {
    CreateSecret: ({ Name, Tags }) => [{ ...need('secretsmanager:CreateSecret', arnOf(Name)), context: contextOfTags(Tags as unknown as Tag[] | undefined) }],
    GetSecretValue: secret('GetSecretValue', 'Decrypt'),
    PutSecretValue: secret('PutSecretValue', 'GenerateDataKey', 'Decrypt'),
  };
}

interface Tag {
  readonly Key: string;
  readonly Value?: string;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requesttag */
function contextOfTags(tags: readonly Tag[] = []): ContextValues {
  return tags.length === 0 ? {} : {
    'aws:TagKeys': tags.map(({ Key }) => Key),
    ...Object.fromEntries(tags.map(({ Key, Value = '' }) => [`aws:RequestTag/${Key}`, Value])),
  };
}

/** Who names no version reads the current one. */
function stageOf(action: string, { VersionId, VersionStage }: JsonObject): ContextValues {
  return action === 'GetSecretValue' && VersionId === undefined ? { 'secretsmanager:VersionStage': String(VersionStage ?? 'AWSCURRENT') } : {};
}
