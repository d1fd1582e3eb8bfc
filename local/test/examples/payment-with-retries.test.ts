import { OpenExample, openExample, ordersOf } from './example-cloud';
import { JsonObject, WorkflowFaults } from '../../src';
import { ownCall } from '../../src/testkit/own-call';
import { keyOf } from '../saga/saga-fixture';

let shop: OpenExample;
beforeEach(async () => {
  shop = await openExample('payment-with-retries');
});
afterEach(() => shop.cloud.close());

const orderOf = (id: string) => ordersOf('payment-with-retries').find(({ orderId }) => orderId === id)!.order;
const alerts = () => shop.workflow.sent.alerts;
const news = () => shop.workflow.sent.messages('News').map(({ body }) => body);

/** Sends an order to the queue that the workflow starts from, and lets everything happen that follows. */
async function send(order: JsonObject): Promise<void> {
  const { cloud, workflow } = shop;
  await ownCall(cloud.calls, 'sqs', 'SendMessage', { QueueUrl: cloud.outputs.OrdersQueueUrl, MessageBody: JSON.stringify(order) });
  await workflow.clock.advance(60_000);
}

/** What the gateway knows of the charge of an order. */
function charge(orderId: string): Promise<JsonObject | undefined> {
  const { ref } = shop.cloud.stacks[0].resources.find(({ logicalId }) => logicalId.startsWith('Charges'))!;
  return shop.cloud.item(ref, { key: keyOf(shop.cloud, orderId, 'ProcessPayment') });
}

/** When a state was tried, in seconds since its first attempt. */
function attempts(orderId: string, state: string): number[] {
  const times = shop.workflow.history(orderId).attempts(state).map((at) => at.getTime());
  return times.map((time) => (time - times[0]) / 1000);
}

const TRANSIENT = 'Lambda.ServiceException';

describe('an order from the queue', () => {
  test('is validated, paid and completed, and the notification has the transaction id', async () => {
    await send(orderOf('test-001'));

    const row = await shop.workflow.order('test-001');
    expect(row).toMatchObject({
      status: 'COMPLETED',
      updatedAt: expect.stringMatching(/^2026-/),
      payment: { transactionId: expect.stringMatching(/^txn-/), provider: 'a table that stands for a gateway' },
      history: { 1: { status: 'RECEIVED' }, 2: { status: 'VALID' }, 3: { status: 'PAID' }, 4: { status: 'COMPLETED' } },
    });
    const { transactionId } = row!.payment as JsonObject;
    expect(await charge('test-001')).toMatchObject({ status: 'APPROVED', transactionId, amount: 29.99 });
    expect(news()).toEqual([{
      orderId: 'test-001',
      userId: 'user-123',
      status: 'COMPLETED',
      totalAmount: 29.99,
      transactionId,
      message: 'Thank you: your order is paid and on its way.',
    }]);
  });

  test.each([
    ['test-002', 'items: an order has 1 to 90 lines, this one has none'],
    ['wrong-total', 'totalAmount: 29.99 is not the sum of the lines, which is 59.98'],
  ])('that can never be one, %s, goes to the dead-letter queue with the reason; started without the queue it is INVALID', async (orderId, reason) => {
    await send(orderOf(orderId));

    expect(shop.workflow.sent.messages('Queue/DeadLetters')).toMatchObject([{ body: { orderId }, attributes: { reason: expect.stringContaining(reason) } }]);
    expect(await shop.workflow.order(orderId)).toBeUndefined();

    expect(await shop.workflow.process(orderOf(orderId))).toMatchObject({ status: 'INVALID', reason: expect.stringContaining(reason), execution: 'SUCCEEDED' });
    expect(alerts()).toMatchObject([{ attributes: { kind: 'order-rejected' }, body: { orderId } }]);
  });

  test.each([
    ['no-product', 'product prod-9 does not exist'],
    ['old-price', '19.99 is not the price of product prod-1, which is 29.99'],
    ['too-many', '4 of product prod-2 wanted, 3 in stock'],
  ])('that does not agree with the products, %s, is INVALID, and the news say why', async (orderId, reason) => {
    await send(orderOf(orderId));

    expect(await shop.workflow.order(orderId)).toMatchObject({ status: 'INVALID', reason: expect.stringContaining(reason) });
    expect(news()).toMatchObject([{ orderId, status: 'INVALID', reason: expect.stringContaining(reason) }]);
    expect(alerts()).toMatchObject([{ attributes: { kind: 'order-rejected' }, body: { orderId, status: 'INVALID', cause: expect.stringContaining(reason) } }]);
  });

  test('that the gateway declines is not charged, and no failure', async () => {
    await send(orderOf('over-limit'));

    expect(await shop.workflow.order('over-limit')).toMatchObject({ status: 'PAYMENT_DECLINED', reason: 'the card is good for 1000 USD' });
    expect(await charge('over-limit')).toMatchObject({ status: 'DECLINED' });
    expect(news()).toMatchObject([{ orderId: 'over-limit', status: 'PAYMENT_DECLINED', reason: 'the card is good for 1000 USD' }]);
    expect(alerts()).toMatchObject([{ attributes: { kind: 'order-rejected', error: 'PAYMENT_DECLINED' }, body: { orderId: 'over-limit' } }]);
  });

  test('that comes twice is charged once', async () => {
    await send(orderOf('test-001'));
    const first = await charge('test-001');
    await send(orderOf('test-001'));

    expect(await charge('test-001')).toEqual(first);
    expect(news()).toHaveLength(1);
  });
});

describe('what fails for a moment is retried', () => {
  test.each([
    ['a validation three times, after 2, 4 and 8 seconds', 'ValidateOrder', [0, 2, 6, 14]],
    ['a payment twice, after 2 and 4 seconds', 'ProcessPayment', [0, 2, 6]],
  ])('%s', async (_what, state, seconds) => {
    shop.workflow.faults.state(state).times(seconds.length - 1).failsBeforeEffect(TRANSIENT);

    await send(orderOf('test-001'));

    expect(attempts('test-001', state)).toEqual(seconds);
    expect(await shop.workflow.order('test-001')).toMatchObject({ status: 'COMPLETED' });
  });

  test.each(['Record ProcessPayment', 'Complete order'])('a throttled write of the status three times: %s', async (state) => {
    shop.workflow.faults.state(state).times(3).isThrottled();

    await send(orderOf('test-001'));

    const moments = attempts('test-001', state);
    const waits = moments.slice(1).map((moment, i) => moment - moments[i]);
    expect(waits).toHaveLength(3);
    // Writes have jitter: each wait is any time up to 2, 4 and 8 seconds.
    waits.forEach((wait, i) => {
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(2 ** (i + 1));
    });
    expect(await shop.workflow.order('test-001')).toMatchObject({ status: 'COMPLETED' });
  });

  test('a charge whose response was lost is found under its idempotency key, and made once', async () => {
    await send(orderOf('lost-answer'));

    const row = await shop.workflow.order('lost-answer');
    expect(attempts('lost-answer', 'ProcessPayment')).toEqual([0, 2]);
    expect(row).toMatchObject({ status: 'COMPLETED' });
    expect(await charge('lost-answer')).toMatchObject({ status: 'APPROVED', transactionId: (row!.payment as JsonObject).transactionId });
  });
});

describe('what keeps failing', () => {
  test('ends the order, and the failure topic and the customer are notified', async () => {
    await send(orderOf('gateway-down'));

    expect(attempts('gateway-down', 'ProcessPayment')).toEqual([0, 2, 6]);
    const at = shop.workflow.history('gateway-down').attempts('ProcessPayment')[2].toISOString().replace('.000Z', 'Z');
    expect(await shop.workflow.order('gateway-down')).toMatchObject({
      status: 'FAILED', reason: 'ProcessPayment failed', updatedAt: at, history: { 3: { status: 'FAILED', at } },
    });
    expect(alerts()).toMatchObject([{
      attributes: { kind: 'order-failed', step: 'ProcessPayment', error: 'Runtime.ExitError' },
      body: { orderId: 'gateway-down', cause: expect.stringContaining('Runtime exited') },
    }]);
    expect(news()).toMatchObject([{ orderId: 'gateway-down', status: 'FAILED', reason: 'ProcessPayment failed' }]);
  });

  test('leaves no way for a late charge', async () => {
    await send(orderOf('gateway-down'));

    const late = await shop.workflow.invoke('Charge', { orderId: 'gateway-down', key: keyOf(shop.cloud, 'gateway-down', 'ProcessPayment'), amount: 29.99, currency: 'USD', order: {} });

    expect(late).toMatchObject({ status: 'REFUNDED' });
    expect(late).not.toHaveProperty('transactionId');
  });

  test.each<[string, (faults: WorkflowFaults) => void]>([
    ['whose answer never comes', (faults) => faults.state('ProcessPayment').always().failsAfterEffect(TRANSIENT)],
    ['of an order that cannot be completed', (faults) => faults.state('Complete order').always().failsBeforeEffect()],
  ])('gives back a charge %s', async (_which, inject) => {
    inject(shop.workflow.faults);

    await send(orderOf('test-001'));

    expect(await charge('test-001')).toMatchObject({ status: 'REFUNDED', transactionId: expect.stringMatching(/^txn-/) });
    expect(await shop.workflow.order('test-001')).toMatchObject({ status: 'REFUNDED', reason: expect.stringContaining('FAILED') });
    expect(news()).toContainEqual(expect.objectContaining({ status: 'REFUNDED' }));
  });
});
