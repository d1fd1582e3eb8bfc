import { OpenExample, openExample, ordersOf } from './example-cloud';
import { JsonObject } from '../../src';
import { ownCall } from '../../src/testkit/own-call';
import { SIGNED } from '../intake/intake-fixture';

const HOUR_MS = 3_600_000;
/** The sweeper looks for overdue orders every five minutes of that day. */
const A_DAY_OF_SWEEPS_MS = 120_000;
const logs: string[] = [];
let example: OpenExample;

beforeAll(async () => {
  example = await openExample('queue-and-alerts', { onLog: (_source, line) => logs.push(line) });
});
beforeEach(() => example.workflow.faults.clear());
afterAll(() => example.cloud.close());

const orderOf = (id: string) => ordersOf('queue-and-alerts').find(({ orderId }) => orderId === id)!.order;
const alertsOf = (id: string) => example.workflow.sent.alerts.filter(({ body }) => (body as JsonObject).orderId === id);
const slack = () => example.cloud.outbox.messages.filter(({ channel }) => channel === 'slack');
const executionsOf = (id: unknown) => example.cloud.executions.all().filter(({ name }) => name === id);

/** Orders over HTTP, as a client does, and lets everything happen that follows. */
async function post(order: object, headers: Record<string, string> = {}): Promise<{ status: number; body: JsonObject }> {
  const answer = await fetch(example.cloud.outputs.OrdersUrl, {
    method: 'POST', headers: { 'content-type': 'application/json', ...SIGNED, ...headers }, body: JSON.stringify(order),
  });
  const body = await answer.json() as JsonObject;
  await example.workflow.clock.advance(0);
  return { status: answer.status, body };
}

function urlOf(queue: string): string {
  return example.cloud.stacks[0].resources.find(({ type, logicalId }) => type === 'AWS::SQS::Queue' && logicalId.startsWith(queue))!.ref;
}

const waitingIn = (queue: string) => example.cloud.queue(urlOf(queue));

describe('an order over HTTP', () => {
  test('is validated, created and completed; the worker receives it from the queue, and the customer is notified', async () => {
    expect(await post(orderOf('order-1'))).toMatchObject({ status: 202, body: { orderId: 'order-1', status: 'RECEIVED' } });

    expect(await example.workflow.order('order-1')).toMatchObject({ status: 'COMPLETED', results: { CreateOrder: { shopNumber: 'S-order-1' } } });
    expect(example.workflow.sent.messages('ToProcess')).toMatchObject([{ body: { orderId: 'order-1', status: 'COMPLETED' } }]);
    expect(logs).toContain('processing order-1 (S-order-1): 2 x lamp');
    expect(logs).toContain('notifying ann: your order order-1 is COMPLETED');
    expect(waitingIn('ToProcess')).toEqual([]);
    expect(alertsOf('order-1')).toEqual([]);
  });

  test('that is no order is refused with everything that is wrong', async () => {
    expect(await post({ orderId: 'bad', userId: 'ann', items: [], totalAmount: -1 })).toMatchObject({
      status: 400, body: { errors: [{ field: 'items' }, { field: 'totalAmount' }] },
    });
    expect(executionsOf('bad')).toEqual([]);
  });

  test('with a wrong price is INVALID: the customer is notified, and no alert is published', async () => {
    expect(await post(orderOf('order-2'))).toMatchObject({ status: 202 });

    expect(await example.workflow.order('order-2')).toMatchObject({ status: 'INVALID' });
    expect(logs).toContain('notifying ben: your order order-2 is INVALID, because items[0].price: 10 is not the price of product lamp, which is 29.99');
    expect(alertsOf('order-2')).toEqual([]);
  });

  test('that cannot be created is FAILED: operations are alerted by mail and in Slack, and the alert handler logs it', async () => {
    expect(await post(orderOf('order-3'))).toMatchObject({ status: 202 });

    expect(await example.workflow.order('order-3')).toMatchObject({ status: 'FAILED', reason: 'CreateOrder failed' });
    expect(alertsOf('order-3')).toMatchObject([{
      attributes: { kind: 'order-failed', step: 'CreateOrder', error: 'Error' },
      body: { orderId: 'order-3', cause: expect.stringContaining('the shop system does not answer') },
    }]);
    expect(example.workflow.sent.mails).toMatchObject([{ to: ['operations@example.com'], subject: 'order-failed: order-3' }]);
    expect(slack()).toMatchObject([{ subject: 'Order order-3 failed at CreateOrder', text: expect.stringContaining('the shop system does not answer') }]);
    expect(logs.map((line) => line.replace(/ /g, ''))).toContainEqual(expect.stringMatching(/"analertwassent".*"subject":"order-3"/));
    expect(waitingIn('ToProcess')).toEqual([]);
  });
});

describe('the same key', () => {
  const { orderId: _none, ...anOrder } = orderOf('order-1');

  test('with the same order is one order, however often and fast it is sent', async () => {
    const key = { 'idempotency-key': 'click-1' };
    const answers = [...await Promise.all([post(anOrder, key), post(anOrder, key), post(anOrder, key)]), await post(anOrder, key)];

    const [orderId, ...others] = new Set(answers.filter(({ status }) => status === 202).map(({ body }) => body.orderId));
    expect(others).toEqual([]);
    expect(answers[3]).toMatchObject({ status: 202 });
    expect(executionsOf(orderId)).toHaveLength(1);
    expect(logs.filter((line) => line.startsWith(`processing ${String(orderId)}`))).toHaveLength(1);
  });

  test('with another order is refused for 24 hours, and free after that', async () => {
    const key = { 'idempotency-key': 'click-2' };
    const other = { ...anOrder, orderId: 'other' };
    await post({ ...anOrder, orderId: 'first' }, key);

    await example.workflow.clock.advance(24 * HOUR_MS - 60_000);
    expect(await post(other, key)).toMatchObject({ status: 409 });

    await example.workflow.clock.advance(61_000);
    expect(await post(other, key)).toMatchObject({ status: 202, body: { orderId: 'other' } });
  }, A_DAY_OF_SWEEPS_MS);
});

describe('after the order is completed', () => {
  test('a message that the worker cannot process is received three times and goes to the dead-letter queue; the others of its batch are received once', async () => {
    const good = { orderId: 'good', items: [], results: { CreateOrder: { shopNumber: 'S-good' } } };
    await Promise.all(['no order', JSON.stringify(good)].map((MessageBody) =>
      ownCall(example.cloud.calls, 'sqs', 'SendMessage', { QueueUrl: urlOf('ToProcess'), MessageBody })));

    await example.workflow.clock.advance(5 * 60_000);

    expect(waitingIn('NotProcessed')).toEqual(['no order']);
    expect(logs.filter((line) => line.startsWith('processing good'))).toHaveLength(1);
  });

  test('a Slack that accepts no alert affects no other target, and the alert goes to the dead-letter queue', async () => {
    example.workflow.faults.call('posts').failsBeforeEffect('InvalidToken');

    await post({ ...orderOf('order-3'), orderId: 'not-in-slack' });

    expect(example.workflow.sent.mails).toContainEqual(expect.objectContaining({ subject: 'order-failed: not-in-slack' }));
    expect(waitingIn('OrdersAlertTargetsSlack')).toEqual([expect.stringContaining('Slack answered 400')]);
  });

  test('a notification that cannot be delivered is retried and goes to the dead-letter queue, and the order stays COMPLETED', async () => {
    example.workflow.faults.call('lambda:Invoke', { resource: 'notifyOrder' }).always().failsBeforeEffect('Error');

    await post({ ...orderOf('order-1'), orderId: 'not-notified' });
    await example.workflow.clock.advance(5 * 60_000);

    expect(await example.workflow.order('not-notified')).toMatchObject({ status: 'COMPLETED' });
    expect(waitingIn('OrdersNotifiersFunctionDeadLetters')).toEqual([expect.stringContaining('"orderId":"not-notified"')]);
  });

  test('a queue that is down raises an alert, and the order stays COMPLETED', async () => {
    example.workflow.faults.state('EnqueueOrder').always().failsBeforeEffect();

    await post({ ...orderOf('order-1'), orderId: 'not-queued' });
    await example.workflow.clock.advance(60_000);

    expect(await example.workflow.order('not-queued')).toMatchObject({ status: 'COMPLETED' });
    expect(alertsOf('not-queued')).toMatchObject([{ attributes: { kind: 'closing-step-failed', step: 'EnqueueOrder' } }]);
  });
});
