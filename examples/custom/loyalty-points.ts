import { aws_dynamodb as dynamodb, aws_events_targets as targets } from 'aws-cdk-lib';
import { IOrderNotifier, OrderNotifierBindOptions } from 'cdk-order-workflow';
import { Construct } from 'constructs';
import { ownFunction } from './own-function';

/** A notifier of the team's own: who has ordered gets points, one row for each order. */
export class LoyaltyPoints implements IOrderNotifier {
  constructor(private readonly pointsPerOrder: number) {}

  public bind(scope: Construct, { publisher, encryptionKey }: OrderNotifierBindOptions): void {
    const points = new dynamodb.Table(scope, 'Points', {
      partitionKey: { name: 'userId', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'orderId', type: dynamodb.AttributeType.STRING },
      encryptionKey,
    });
    const award = ownFunction(scope, 'awardPoints', { POINTS: points.tableName, POINTS_PER_ORDER: String(this.pointsPerOrder) });
    points.grantWriteData(award);
    publisher.onStatusChanged('LoyaltyPoints', { statuses: ['COMPLETED'], target: new targets.LambdaFunction(award) });
  }
}
