import { RemovalPolicy, aws_dynamodb as dynamodb, aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { orderWorkflowTable } from '../tables/order-workflow-table';

/** @internal */
export interface IdempotencyTableProps {
  readonly encryptionKey?: kms.IKey;
}

/**
 * The locks and stored answers of the intakes. Nothing in it is older than a day, so it is never kept.
 *
 * @internal
 */
export class IdempotencyTable extends Construct {
  public readonly table: dynamodb.Table;

  constructor(scope: Construct, id: string, props: IdempotencyTableProps) {
    super(scope, id);
    this.table = orderWorkflowTable(this, 'Table', {
      displayName: 'Intake locks',
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: 'expiration',
      encryptionKey: props.encryptionKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
