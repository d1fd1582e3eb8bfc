import { RemovalPolicy, aws_dynamodb as dynamodb, aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { orderWorkflowTable } from '../tables/order-workflow-table';

/**
 * The table of the locks and stored responses of the intakes. Its items expire after a day, so it is never retained.
 *
 * @internal
 */
export class IdempotencyTable extends Construct {
  public readonly table: dynamodb.Table;

  constructor(scope: Construct, id: string, encryptionKey?: kms.IKey) {
    super(scope, id);
    this.table = orderWorkflowTable(this, 'Table', {
      displayName: 'Intake locks',
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: 'expiration',
      encryptionKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
