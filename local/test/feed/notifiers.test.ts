import { Duration, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { anOrder, FeedFixture } from './feed-fixture';
import { EmailNotifier, EventTargetNotifier, OrderProcessingWorkflow, QueueNotifier, TopicNotifier } from '../../../src';
import { JsonObject, LocalWorkflow, VirtualClock } from '../../src';
import { inlineFunction } from '../saga/saga-fixture';

const DAY = 24 * 3_600_000;
/** Days pass here, in which nothing is overdue. */
const SELDOM = { sweepInterval: Duration.hours(6) };

let shop: FeedFixture;
let wholesale: LocalWorkflow;

function notified(stack: Stack) {
  const target = (id: string, body: string) => {
    const handler = inlineFunction(stack, id, body);
    handler.configureAsyncInvoke({ onFailure: new SqsDestination(new Queue(stack, `${id}DeadLetters`)) });
    return new LambdaFunction(handler);
  };
  const eventBus = new EventBus(stack, 'OwnBus');
  new OrderProcessingWorkflow(stack, 'Wholesale', { eventBus, notifiers: [new QueueNotifier(new Queue(stack, 'Pallets'))], recovery: SELDOM });
  return {
    eventBus,
    recovery: SELDOM,
    notifiers: [
      new EmailNotifier({
        sender: 'shop@example.com',
        statuses: ['CREATED', 'COMPLETED'],
        texts: { COMPLETED: { subject: 'Order {orderId} is on its way', text: '{totalAmount} {currency}, thank you. {items}' } },
      }),
      new QueueNotifier(new Queue(stack, 'Shipping'), { statuses: ['COMPLETED'] }),
      new TopicNotifier(new Topic(stack, 'News'), { statuses: ['VALID', 'COMPLETED'] }),
      new EventTargetNotifier(target('Target', 'console.log("notified of " + event.detail.status);'), { statuses: ['COMPLETED'] }),
      new EventTargetNotifier(target('Breaker', 'if (event.detail.orderId === "thrown") throw new Error("no");'), { notifierName: 'Breaker', statuses: ['COMPLETED'] }),
    ],
  };
}

beforeAll(async () => {
  shop = await FeedFixture.open(notified, { clock: new VirtualClock() }, 'Orders');
  wholesale = await shop.cloud.workflow('Wholesale');
  await wholesale.seed([{ productId: 'lamp', price: 29.99, stock: 100 }]);
});

afterEach(() => shop.orders.faults.clear());
afterAll(() => shop?.close());

const deadLetters = (notifier: string) => shop.cloud.queue(shop.resource('AWS::SQS::Queue', notifier)).map((body) => JSON.parse(body) as JsonObject);
const bodies = (name: string, orderId: string) =>
  shop.orders.sent.messages(name).map(({ body }) => body as JsonObject).filter((body) => body.orderId === orderId);

test('each notifier gets its statuses once, in its own form', async () => {
  await shop.orders.process(anOrder('notified', { email: 'ann@example.com' }));
  await shop.orders.clock.advance(0);

  const mails = shop.orders.sent.mails.map(({ from, to, subject, text }) => `${String(from)} to ${to.join()}: ${String(subject)}: ${text}`);
  expect(new Set(mails)).toEqual(new Set([
    'shop@example.com to ann@example.com: Your order notified: CREATED: The status of your order notified is now CREATED.',
    'shop@example.com to ann@example.com: Order notified is on its way: 29.99 USD, thank you.',
  ]));
  expect(mails).toHaveLength(2);
  expect(bodies('Shipping', 'notified')).toEqual([{
    schemaVersion: '1',
    workflow: 'Shop/Orders',
    orderId: 'notified',
    userId: 'ann',
    email: 'ann@example.com',
    status: 'COMPLETED',
    previousStatus: 'CREATED',
    version: 4,
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    currency: 'USD',
    totalAmount: 29.99,
  }]);
  expect(bodies('News', 'notified').map(({ status }) => status)).toEqual(['VALID', 'COMPLETED']);
  expect(shop.logs.filter((line) => line.includes('notified of'))).toEqual([expect.stringContaining('notified of COMPLETED')]);
});

test('an order without an address gets no mail, and nothing goes to the dead-letter queue', async () => {
  const mails = shop.orders.sent.mails.length;
  await shop.orders.process(anOrder('no-address'));
  await shop.orders.clock.advance(DAY);

  expect(shop.orders.sent.mails).toHaveLength(mails);
  expect(deadLetters('OrdersNotifiersEmail')).toEqual([]);
});

test('two workflows on one bus do not receive each other’s events', async () => {
  await wholesale.process(anOrder('pallet'));
  await shop.orders.process(anOrder('single'));
  await shop.orders.clock.advance(0);

  expect(bodies('Shipping', 'pallet')).toEqual([]);
  expect(bodies('Pallets', 'single')).toEqual([]);
  expect(bodies('Pallets', 'pallet').map(({ workflow, status }) => `${String(workflow)} ${String(status)}`)).toContain('Shop/Wholesale COMPLETED');
});

test.each([
  ['a mail server that refuses', 'refused', 'OrdersNotifiersEmail', (orders: LocalWorkflow) =>
    orders.faults.call('ses').always().failsBeforeEffect()],
  ['a queue that is gone', 'gone', 'OrdersNotifiersQueue', (orders: LocalWorkflow) =>
    orders.faults.call('sqs:SendMessage', { resource: 'Shipping' }).always().failsBeforeEffect('QueueDoesNotExist')],
  ['a topic that is throttled', 'throttled', 'OrdersNotifiersTopic', (orders: LocalWorkflow) =>
    orders.faults.call('sns:Publish').always().isThrottled()],
  ['a function that throws', 'thrown', 'BreakerDeadLetters', () => ({ hits: 2 })],
])('%s affects no order: the notification is retried, then goes to the dead-letter queue', async (_what, orderId, queue, inject) => {
  const before = deadLetters(queue).length;
  const fault = inject(shop.orders);

  expect(await shop.orders.process(anOrder(orderId, { email: 'ann@example.com' }))).toMatchObject({ status: 'COMPLETED', execution: 'SUCCEEDED' });
  await shop.orders.clock.advance(DAY + 3_600_000);

  expect(fault.hits).toBeGreaterThan(orderId === 'gone' ? 0 : 1);
  const added = deadLetters(queue).slice(before);
  expect(JSON.stringify(added)).toContain(`"orderId":"${orderId}"`);
  expect(JSON.stringify(added)).toContain('COMPLETED');
});
