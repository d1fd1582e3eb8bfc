import { RemovalPolicy, aws_dynamodb as dynamodb, aws_iam as iam, aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { grantIndex, grantTable } from '../private/grant-table';
import { orderWorkflowTable } from '../tables/order-workflow-table';

/** @internal */
export interface ConnectionsTableProps {
  readonly encryptionKey?: kms.IKey;
}

const BY_CONNECTION = 'by-connection';

/**
 * Who is connected, and who watches what: read strongly by order, and found by connection when that one ends.
 *
 * What it holds is over after two hours, so it is never kept.
 *
 * @internal
 */
export class ConnectionsTable extends Construct {
  public readonly table: dynamodb.Table;

  constructor(scope: Construct, id: string, props: ConnectionsTableProps) {
    super(scope, id);
    this.table = orderWorkflowTable(this, 'Table', {
      displayName: 'Connections',
      partitionKey: { name: 'orderId', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'connectionId', type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      encryptionKey: props.encryptionKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: BY_CONNECTION,
      partitionKey: { name: 'connectionId', type: dynamodb.AttributeType.STRING },
      projectionType: dynamodb.ProjectionType.KEYS_ONLY,
    });
  }

  /** To add, change and drop connections and their subscriptions. */
  public grantKeepConnections(grantee: iam.IGrantable): void {
    grantTable(this.table, grantee,
      'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem', 'dynamodb:Query');
    grantIndex(this.table, BY_CONNECTION, grantee);
  }

  /** To subscribe connections, and nothing else. */
  public grantSubscribe(grantee: iam.IGrantable): void {
    grantTable(this.table, grantee, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem');
  }

  /** To find who watches an order, and to drop who is gone. */
  public grantFindWatchers(grantee: iam.IGrantable): void {
    grantTable(this.table, grantee, 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem', 'dynamodb:UpdateItem');
    grantIndex(this.table, BY_CONNECTION, grantee);
  }
}
