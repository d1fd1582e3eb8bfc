import { aws_dynamodb as dynamodb, aws_iam as iam } from 'aws-cdk-lib';

const READS = new Set(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query']);

/**
 * Grants exactly these actions on a table, and its key; its indexes are granted one by one, by `grantIndex`.
 *
 * `grant` of a table adds every index and leaves out the key, which is denied at run time. Of the key it is what `grantReadData` and
 * `grantWriteData` grant.
 *
 * @internal
 */
export function grantTable(table: dynamodb.ITable, grantee: iam.IGrantable, ...actions: string[]): void {
  iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [table.tableArn] });
  const isRead = actions.every((action) => READS.has(action));
  table.encryptionKey?.grant(grantee, 'kms:Decrypt', 'kms:DescribeKey', ...(isRead ? [] : ['kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*']));
}

/** Grants one index of a table, by default to query it; the key is granted with the table. @internal */
export function grantIndex(table: dynamodb.ITable, indexName: string, grantee: iam.IGrantable, actions = ['dynamodb:Query']): iam.Grant {
  return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [`${table.tableArn}/index/${indexName}`] });
}
