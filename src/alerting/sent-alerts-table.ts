import { RemovalPolicy, aws_dynamodb as dynamodb, aws_iam as iam, aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { grantTable } from '../private/grant-table';
import { orderWorkflowTable } from '../tables/order-workflow-table';

/**
 * The table of the alerts that each target was sent, for deduplication. Its items expire, so it is deleted with its stack.
 *
 * @internal
 */
export function newSentAlertsTable(scope: Construct, encryptionKey?: kms.IKey): dynamodb.Table {
  return orderWorkflowTable(scope, 'Table', {
    displayName: 'Sent alerts',
    partitionKey: { name: 'subjectHash', type: dynamodb.AttributeType.STRING },
    sortKey: { name: 'alertHash', type: dynamodb.AttributeType.STRING },
    timeToLiveAttribute: 'expiresAt',
    encryptionKey,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** Grants what claiming an alert and recording it as sent need. @internal */
export function grantSentAlerts(table: dynamodb.ITable, grantee: iam.IGrantable): void {
  grantTable(table, grantee, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:Query', 'dynamodb:BatchWriteItem');
}
