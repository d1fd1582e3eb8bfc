import { aws_dynamodb as dynamodb, aws_sns as sns, aws_sns_subscriptions as subscriptions } from 'aws-cdk-lib';
import { AlertKind, IAlertTarget, IOrderWorkflow } from 'cdk-order-workflow';
import { Construct } from 'constructs';
import { ownFunction } from './own-function';

/** A custom alert target: it opens a ticket for an order that failed. */
export class TicketAlert implements IAlertTarget {
  public readonly targetName = 'Tickets';

  public bind(scope: Construct, { failureTopic, workflowName, encryptionKey }: IOrderWorkflow): void {
    const tickets = new dynamodb.Table(scope, 'Tickets', {
      partitionKey: { name: 'orderId', type: dynamodb.AttributeType.STRING },
      encryptionKey,
    });
    const open = ownFunction(scope, 'openTicket', { TICKETS: tickets.tableName, WORKFLOW: workflowName });
    tickets.grantWriteData(open);
    failureTopic.addSubscription(new subscriptions.LambdaSubscription(open, {
      filterPolicy: { kind: sns.SubscriptionFilter.stringFilter({ allowlist: [AlertKind.ORDER_FAILED, AlertKind.COMPENSATION_FAILED] }) },
    }));
  }
}
