import { aws_dynamodb as dynamodb, aws_events_targets as targets } from 'aws-cdk-lib';
import { IOrderNotifier, IOrderWorkflow } from 'cdk-order-workflow';
import { Construct } from 'constructs';
import { ownFunction } from './own-function';

/** A custom notifier: the customer gets points for each completed order, in an item per order. */
export class LoyaltyPoints implements IOrderNotifier {
  public readonly notifierName = 'LoyaltyPoints';

  constructor(private readonly pointsPerOrder: number) {}

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    const points = new dynamodb.Table(scope, 'Points', {
      partitionKey: { name: 'userId', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'orderId', type: dynamodb.AttributeType.STRING },
      encryptionKey: workflow.encryptionKey,
    });
    const award = ownFunction(scope, 'awardPoints', { POINTS: points.tableName, POINTS_PER_ORDER: String(this.pointsPerOrder) });
    points.grantWriteData(award);
    workflow.onStatusChanged('LoyaltyPoints', { statuses: ['COMPLETED'], target: new targets.LambdaFunction(award) });
  }
}
