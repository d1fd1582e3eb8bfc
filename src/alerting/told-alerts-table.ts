import { RemovalPolicy, aws_dynamodb as dynamodb, aws_iam as iam, aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { grantTable } from '../private/grant-table';
import { orderWorkflowTable } from '../tables/order-workflow-table';

/** @internal */
export interface ToldAlertsTableProps {
  readonly encryptionKey?: kms.IKey;
}

/**
 * Which alerts were told to whom, so that none is told twice. Nothing in it lasts, so it is never kept.
 *
 * @internal
 */
export class ToldAlertsTable extends Construct {
  public readonly table: dynamodb.Table;

  constructor(scope: Construct, id: string, props: ToldAlertsTableProps) {
    super(scope, id);
    this.table = orderWorkflowTable(this, 'Table', {
      displayName: 'Sent alerts',
      partitionKey: { name: 'about', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'what', type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      encryptionKey: props.encryptionKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** To take turns in telling, and to keep what was told. */
  public grantTakeTurns(grantee: iam.IGrantable): void {
    grantTable(this.table, grantee, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:Query', 'dynamodb:BatchWriteItem');
  }
}
