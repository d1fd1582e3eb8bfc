import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  AlertKind, EmailAlert, EnqueueOrder, FunctionAlert, InvokeFunction, OrderProcessingWorkflow, PagerDutyAlert, QueueAlert, ReserveInventory,
  SlackAlert, SubscriptionAlert, ValidateOrder,
} from '../../../src';
import { RECEIVER_PATH, Receiver } from '../../../test/lambda-src/alerting/receiver';
import { LocalCloud, LocalWorkflow } from '../../src';
import { ownCall } from '../../src/testkit/own-call';
import { inlineFunction } from '../saga/saga-fixture';

export const WEBHOOK_PATH = RECEIVER_PATH.Slack;
export const ROUTING_KEY = '0123456789abcdef0123456789abcdef';
/** What the error message of a team's function may contain. */
export const HOSTILE = `<!channel> *bold* \`code\` <https://evil.example.com|Execution>\r\n${'x'.repeat(10_000)}`;

/** Targets with different filters, and a workflow whose steps can reject and fail. */
export class AlertsFixture {
  public static async open(): Promise<AlertsFixture> {
    const receiver = await Receiver.open();
    const logs: string[] = [];
    const cloud = await LocalCloud.fromStack(alerted(receiver.origin), { onLog: (_source, line) => logs.push(line) });
    const alerts = new AlertsFixture(cloud, await cloud.workflow(), receiver, logs);
    await alerts.orders.seed([{ productId: 'lamp', price: 29.99, stock: 1_000 }]);
    await alerts.keep('Webhook', `https://hooks.slack.com${WEBHOOK_PATH}`);
    await alerts.keep('RoutingKey', ROUTING_KEY);
    return alerts;
  }

  private constructor(
    public readonly cloud: LocalCloud,
    public readonly orders: LocalWorkflow,
    public readonly receiver: Receiver,
    /** Every line that a function logged. */
    public readonly logs: readonly string[],
  ) {}

  /** Runs an order of this user to its end, and until everything about it is sent. */
  public async process(orderId: string, userId: string): Promise<string> {
    const items = [{ productId: 'lamp', quantity: 1, price: 29.99 }];
    const { status } = await this.orders.process({ orderId, userId, currency: 'USD', items, totalAmount: 29.99 });
    await this.orders.clock.advance(60_000);
    return String(status);
  }

  /** Raises the alarm of a dead-letter queue, and returns its name. */
  public async raiseAlarm(): Promise<string> {
    await this.cloud.setAlarmState('Orders/StatusPublisher/DeadLetters/Alarm');
    await this.orders.clock.advance(60_000);
    return this.resource('AWS::CloudWatch::Alarm', 'StatusPublisherDeadLetters');
  }

  /** How many alerts about something each target got; those that got none are left out. */
  public received(about: string): Record<string, number> {
    const of = (id: string) => this.orders.sent.messages(id).map(({ body }) => body);
    const sent = (channel: string) => this.cloud.outbox.messages.filter((message) => message.channel === channel);
    const byTarget: Record<string, readonly unknown[]> = {
      slack: this.receiver.accepted.filter(({ routing_key }) => routing_key === undefined),
      pagerDuty: this.receiver.accepted.filter(({ routing_key }) => routing_key === ROUTING_KEY),
      mail: sent('email'),
      https: sent('https'),
      archive: of('Archive'),
      fraudQueue: of('FraudQueue'),
      function: this.logs.filter((line) => line.includes('a function received')),
    };
    const concerns = (alert: unknown) => JSON.stringify(alert).includes(about);
    const counts = Object.entries(byTarget).map(([target, alerts]) => [target, alerts.filter(concerns).length]);
    return Object.fromEntries(counts.filter(([, count]) => count !== 0)) as Record<string, number>;
  }

  /** The messages in the dead-letter queue of a target. */
  public deadLettersOf(target: string): string[] {
    return [...this.cloud.queue(this.resource('AWS::SQS::Queue', `AlertTargets${target}DeadLetters`))];
  }

  public async close(): Promise<void> {
    await Promise.all([this.cloud.close(), this.receiver.close()]);
  }

  private async keep(secret: string, text: string): Promise<void> {
    await ownCall(this.cloud.calls, 'secretsmanager', 'PutSecretValue', {
      SecretId: this.resource('AWS::SecretsManager::Secret', secret), SecretString: text,
    });
  }

  private resource(type: string, part: string): string {
    return this.cloud.stacks.flatMap(({ resources }) => resources).find((one) => one.type === type && one.logicalId.includes(part))!.ref;
  }
}

function alerted(receiver: string): Stack {
  const stack = new Stack(new App(), 'Shop');
  const checkFraud = inlineFunction(stack, 'CheckFraud', `
    if (event.userId === 'eve') return { status: 'SUSPICIOUS', reason: 'known' };
    if (event.userId === 'bob') throw new Error(${JSON.stringify(HOSTILE)});
    return { status: 'CLEARED' };`);
  const onAlert = inlineFunction(stack, 'OnAlert', "console.log('a function received ' + event.Records[0].Sns.Message);");
  const workflow = new OrderProcessingWorkflow(stack, 'Orders', {
    steps: [
      new ValidateOrder(),
      new ReserveInventory(),
      new InvokeFunction({ stepName: 'CheckFraud', handler: checkFraud, acceptedStatus: 'CLEARED', rejectedStatuses: ['SUSPICIOUS'] }),
    ],
    closingSteps: [new EnqueueOrder({ queue: new Queue(stack, 'Shipping') })],
    functionSettings: { environment: { NODE_OPTIONS: `--require ${join(__dirname, 'redirect-receivers.js')}`, RECEIVER: receiver } },
  });
  workflow.addAlertTarget(new SlackAlert(new Secret(stack, 'Webhook')));
  workflow.addAlertTarget(new PagerDutyAlert(new Secret(stack, 'RoutingKey'), { kinds: [AlertKind.COMPENSATION_FAILED] }));
  workflow.addAlertTarget(new EmailAlert('operations@example.com', { kinds: [AlertKind.ALARM] }));
  workflow.addAlertTarget(new SubscriptionAlert(new UrlSubscription('https://operations.example.com'), {
    kinds: [AlertKind.ORDER_FAILED, AlertKind.COMPENSATION_FAILED], steps: ['CheckFraud'],
  }));
  workflow.addAlertTarget(new QueueAlert(new Queue(stack, 'Archive')));
  workflow.addAlertTarget(new QueueAlert(new Queue(stack, 'FraudQueue'), { targetName: 'Fraud', steps: ['CheckFraud'] }));
  workflow.addAlertTarget(new FunctionAlert(onAlert, { kinds: [AlertKind.CLOSING_STEP_FAILED] }));
  return stack;
}
