import { aws_dynamodb as dynamodb, aws_sns as sns, aws_sns_subscriptions as subscriptions } from 'aws-cdk-lib';
import { AlertKind, AlertTargetBindOptions, IAlertTarget } from 'cdk-order-workflow';
import { Construct } from 'constructs';
import { ownFunction } from './own-function';

/** An alert target of the team's own: an order that went wrong gets a ticket. */
export class TicketAlert implements IAlertTarget {
  public bind(scope: Construct, { alerts, workflowName, encryptionKey }: AlertTargetBindOptions): void {
    const tickets = new dynamodb.Table(scope, 'Tickets', {
      partitionKey: { name: 'orderId', type: dynamodb.AttributeType.STRING },
      encryptionKey,
    });
    const open = ownFunction(scope, 'openTicket', { TICKETS: tickets.tableName, WORKFLOW: workflowName });
    tickets.grantWriteData(open);
    alerts.topic.addSubscription(new subscriptions.LambdaSubscription(open, {
      filterPolicy: { kind: sns.SubscriptionFilter.stringFilter({ allowlist: [AlertKind.ORDER_FAILED, AlertKind.COMPENSATION_FAILED] }) },
    }));
  }
}
