import { RemovalPolicy, aws_dynamodb as dynamodb, aws_iam as iam, aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { grantTable } from '../private/grant-table';
import { orderWorkflowTable } from '../tables/order-workflow-table';

/** @internal */
export interface SentAlertsTableProps {
  readonly encryptionKey?: kms.IKey;
}

/**
 * The alerts that each target was sent, for deduplication. Its items expire, so it is deleted with its stack.
 *
 * @internal
 */
export class SentAlertsTable extends Construct {
  public readonly table: dynamodb.Table;

  constructor(scope: Construct, id: string, props: SentAlertsTableProps) {
    super(scope, id);
    this.table = orderWorkflowTable(this, 'Table', {
      displayName: 'Sent alerts',
      partitionKey: { name: 'subjectHash', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'alertHash', type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      encryptionKey: props.encryptionKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** Grants what claiming an alert and recording it as sent need. */
  public grantClaim(grantee: iam.IGrantable): void {
    grantTable(this.table, grantee, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:Query', 'dynamodb:BatchWriteItem');
  }
}
