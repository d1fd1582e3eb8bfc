import { RemovalPolicy, aws_dynamodb as dynamodb, aws_iam as iam, aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { grantIndex, grantTable } from '../private/grant-table';
import { orderWorkflowTable } from '../tables/order-workflow-table';

const BY_CONNECTION = 'by-connection';

/**
 * The connections and their subscriptions: read consistently by order, and queried by connection when it ends.
 *
 * Its items expire after two hours, so it is never retained.
 *
 * @internal
 */
export class ConnectionsTable extends Construct {
  public readonly table: dynamodb.Table;

  constructor(scope: Construct, id: string, encryptionKey?: kms.IKey) {
    super(scope, id);
    this.table = orderWorkflowTable(this, 'Table', {
      displayName: 'Connections',
      partitionKey: { name: 'orderId', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'connectionId', type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      encryptionKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: BY_CONNECTION,
      partitionKey: { name: 'connectionId', type: dynamodb.AttributeType.STRING },
      projectionType: dynamodb.ProjectionType.KEYS_ONLY,
    });
  }

  /** To create, update and delete connections and their subscriptions. */
  public grantKeepConnections(grantee: iam.IGrantable): void {
    grantTable(this.table, grantee, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem');
    this.grantForget(grantee);
  }

  /** To subscribe connections, and nothing else. */
  public grantSubscribe(grantee: iam.IGrantable): void {
    grantTable(this.table, grantee, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem');
  }

  /** To find the connections that watch an order, and to delete expired subscriptions and closed connections. */
  public grantFindWatchers(grantee: iam.IGrantable): void {
    grantTable(this.table, grantee, 'dynamodb:Query', 'dynamodb:DeleteItem', 'dynamodb:UpdateItem');
    this.grantForget(grantee);
  }

  /** To read a subscription, and to delete closed connections. */
  public grantReadSubscription(grantee: iam.IGrantable): void {
    grantTable(this.table, grantee, 'dynamodb:GetItem');
    this.grantForget(grantee);
  }

  private grantForget(grantee: iam.IGrantable): void {
    grantTable(this.table, grantee, 'dynamodb:BatchWriteItem');
    grantIndex(this.table, BY_CONNECTION, grantee);
  }
}
