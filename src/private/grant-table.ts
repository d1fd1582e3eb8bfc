import { aws_dynamodb as dynamodb, aws_iam as iam } from 'aws-cdk-lib';

/**
 * Exactly these actions on a table, and its key with them.
 *
 * `grant` of a table leaves the key out: that deploys, and is denied at run time.
 *
 * @internal
 */
export function grantTable(table: dynamodb.ITable, grantee: iam.IGrantable, ...actions: string[]): void {
  table.grant(grantee, ...actions);
  table.encryptionKey?.grantEncryptDecrypt(grantee);
}
