import { aws_dynamodb as dynamodb, aws_iam as iam } from 'aws-cdk-lib';

/**
 * Exactly these actions on a table, and its key with them; its indexes are granted one by one, by `grantIndex`.
 *
 * `grant` of a table leaves the key out, which deploys and is denied at run time, and adds every index.
 *
 * @internal
 */
export function grantTable(table: dynamodb.ITable, grantee: iam.IGrantable, ...actions: string[]): void {
  iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [table.tableArn] });
  table.encryptionKey?.grantEncryptDecrypt(grantee);
}

/** To query one index of a table whose key is granted with the table, or to do with it what is said instead. @internal */
export function grantIndex(table: dynamodb.ITable, indexName: string, grantee: iam.IGrantable, actions = ['dynamodb:Query']): iam.Grant {
  return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [`${table.tableArn}/index/${indexName}`] });
}
