import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AlertKind, EmailAlert, FunctionAlert, OrderProcessingWorkflow, PagerDutyAlert, QueueAlert, SlackAlert, SubscriptionAlert } from '../../src';

/** A workflow with every alert target: for all alerts, for a kind, for a step. */
export function alerts(app: App): Stack {
  const stack = new Stack(app, 'Alerts');
  const secret = (id: string) => secretsmanager.Secret.fromSecretNameV2(stack, id, `orders/${id}`);
  const onAlert = new lambda.Function(stack, 'OnAlert', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
  });
  const queue = new sqs.Queue(stack, 'Archive', { enforceSSL: true });
  const workflow = new OrderProcessingWorkflow(stack, 'Orders', {
    alertTargets: [
      new SlackAlert(secret('Webhook')),
      new PagerDutyAlert(secret('RoutingKey')),
      new EmailAlert('operations@example.com'),
      new QueueAlert(queue),
      new FunctionAlert(onAlert),
      new SubscriptionAlert(new subscriptions.UrlSubscription('https://operations.example.com/alerts')),
    ],
  });
  const attention = { kinds: [AlertKind.COMPENSATION_FAILED, AlertKind.ALARM] };
  const stock = { steps: ['ReserveInventory'] };
  workflow.addAlertTarget(new SlackAlert(secret('AttentionWebhook'), { ...attention, targetName: 'AttentionInSlack' }));
  workflow.addAlertTarget(new PagerDutyAlert(secret('OnCallKey'), {
    ...attention, targetName: 'AttentionOnCall', host: 'events.eu.pagerduty.com',
  }));
  workflow.addAlertTarget(new EmailAlert('stock@example.com', { ...stock, targetName: 'StockByEmail' }));
  workflow.addAlertTarget(new QueueAlert(queue, { ...stock, targetName: 'StockQueue' }));
  workflow.addAlertTarget(new FunctionAlert(onAlert, { ...attention, targetName: 'AttentionFunction' }));
  workflow.addAlertTarget(new SubscriptionAlert(
    new subscriptions.UrlSubscription('https://stock.example.com/alerts'), { ...attention, ...stock, targetName: 'BothByHttps' },
  ));
  return stack;
}
