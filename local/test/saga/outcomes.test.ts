import { Duration } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwaitApproval, EnqueueOrder, ProcessPayment, ReserveInventory, SendConfirmation, ValidateOrder } from '../../../src';
import { inlineFunction, openSaga, order, SagaFixture, STOCK } from './saga-fixture';

let shop: SagaFixture;
afterEach(() => shop.cloud.close());

describe('an order', () => {
  beforeEach(async () => {
    shop = await openSaga();
  });

  test('that every step accepts is completed, with what each step found', async () => {
    const { execution, status, order: row } = await shop.orders.process(order('order-1'));

    expect({ execution, status }).toEqual({ execution: 'SUCCEEDED', status: 'COMPLETED' });
    expect(row).toMatchObject({
      version: 7,
      reservation: { status: 'RESERVED' },
      payment: { transactionId: expect.any(String) },
      results: { CheckFraud: { score: 0.5 } },
      history: { 1: { status: 'RECEIVED' }, 4: { status: 'PAID', step: 'ProcessPayment' }, 7: { status: 'COMPLETED' } },
    });
    expect(row).not.toHaveProperty('openSince');
  });

  test('that a step rejects is undone without an alert, and has the reason', async () => {
    const outcome = await shop.orders.process(order('order-1', 'eve'));

    expect(outcome).toMatchObject({ execution: 'SUCCEEDED', status: 'REFUNDED', reason: 'SUSPICIOUS: known' });
    expect(outcome.order!.history).toMatchObject({ 6: { status: 'SUSPICIOUS' }, 7: { status: 'REFUNDED' } });
    expect(outcome.order!.undo).toMatchObject({ cause: 'rejected', from: 'ProcessPayment' });
    expect(shop.orders.sent.alerts).toEqual([]);
    expect(await shop.balances.faultsOf(outcome, STOCK)).toEqual([]);
  });

  test('that is not valid leaves no row, and the output of its execution says what is wrong', async () => {
    const outcome = await shop.orders.process({ ...order('order-1'), totalAmount: 1 });

    expect(outcome).toMatchObject({ execution: 'SUCCEEDED', status: 'INVALID', reason: expect.stringContaining('totalAmount: 1') });
    expect(outcome.order).toBeUndefined();
  });

  test('that two executions get runs once: the second changes nothing', async () => {
    await shop.orders.process(order('order-1'));
    const again = await shop.orders.process(order('order-1'), 'order-1-again');

    expect(again).toMatchObject({ execution: 'SUCCEEDED', status: 'DUPLICATE' });
    expect(await shop.balances.stock()).toBe(STOCK - 2);
    expect(await shop.orders.order('order-1')).toMatchObject({ status: 'COMPLETED', version: 7 });
  });

  test('that ten executions race for is run by one of them', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `race-${index}`);
    await Promise.all(names.map((name) => shop.orders.submit(order('order-1'), name)));
    const outcomes = await Promise.all(names.map((name) => shop.orders.outcome(name)));

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['COMPLETED', ...Array(9).fill('DUPLICATE')]);
    expect(await shop.balances.stock()).toBe(STOCK - 2);
  });
});

test('of two hundred orders at once for fifty lamps, those for fifty are completed and the stock is used up', async () => {
  shop = await openSaga(undefined, () => [new ValidateOrder(), new ReserveInventory(), ProcessPayment.simulated()]);
  await shop.orders.seed([{ productId: 'lamp', price: 29.99, stock: 50 }]);
  const ids = Array.from({ length: 200 }, (_, index) => `order-${index}`);

  await Promise.all(ids.map((id) => shop.orders.submit(order(id, 'ann', 1))));
  const outcomes = await Promise.all(ids.map((id) => shop.orders.outcome(id)));

  const count = (status: string) => outcomes.filter((outcome) => outcome.status === status).length;
  expect({ completed: count('COMPLETED'), rejected: count('OUT_OF_STOCK') }).toEqual({ completed: 50, rejected: 150 });
  expect(await shop.balances.stock()).toBe(0);
}, 60_000);

describe('money that was paid before the order began', () => {
  beforeEach(async () => {
    shop = await openSaga(undefined, (stack) => [
      ProcessPayment.prepaid({ refund: inlineFunction(stack, 'Refund', "return { status: 'REFUNDED', refundId: event.key };") }),
      new ValidateOrder(),
      new ReserveInventory(),
    ]);
  });

  test('stays where it is when the order is completed', async () => {
    expect(await shop.orders.process(order('order-1'))).toMatchObject({ status: 'COMPLETED', path: expect.not.arrayContaining(['Undo PrepaidPayment']) });
  });

  test.each([
    ['more is ordered than there is', { quantity: STOCK + 1 }, /^OUT_OF_STOCK: lamp/],
    ['the order is not valid', { quantity: 2, totalAmount: 1 }, /^INVALID: totalAmount/],
  ])('goes back when %s', async (_why, { quantity, ...more }, reason) => {
    await shop.orders.seed([{ productId: 'lamp', price: 29.99, stock: 3 }]);
    const submitted = quantity > 3 ? order('order-1', 'ann', 4) : { ...order('order-1'), ...more };

    const outcome = await shop.orders.process(submitted);

    expect(outcome).toMatchObject({ execution: 'SUCCEEDED', status: 'REFUNDED', reason: expect.stringMatching(reason) });
    expect(outcome.order).toMatchObject({ refund: { refundId: expect.stringMatching(/^Shop-OrdersTablesOrders.*:order-1:PrepaidPayment:undo$/) } });
  });

  test('goes back when the very first state fails', async () => {
    shop.orders.faults.state('ValidateOrder').always().failsBeforeEffect();

    expect(await shop.orders.process(order('order-1'))).toMatchObject({ execution: 'FAILED', status: 'REFUNDED', reason: 'FAILED: ValidateOrder failed' });
  });
});

test('a refund that does not know whether the charge happened is retried, and then left to an operator', async () => {
  shop = await openSaga(undefined, (stack) => [
    new ValidateOrder(),
    new ProcessPayment({
      charge: inlineFunction(stack, 'Charge', "throw new Error('no answer');"),
      refund: inlineFunction(stack, 'Refund', "return { status: event.order.userId === 'not-charged' ? 'NOTHING_TO_REFUND' : 'UNKNOWN' };"),
    }),
  ]);

  const settled = await shop.orders.process(order('order-1', 'not-charged'));
  const unknown = await shop.orders.process(order('order-2'));

  expect(settled).toMatchObject({ status: 'FAILED', reason: 'ProcessPayment failed' });
  expect(unknown).toMatchObject({ status: 'NEEDS_ATTENTION', reason: 'could not undo ProcessPayment' });
  expect(unknown.path.filter((state) => state === 'Undo ProcessPayment: refund')).toHaveLength(3);
});

describe('an order that needs an approval', () => {
  const steps = () => [
    new ValidateOrder(), new ReserveInventory(), new AwaitApproval({ onlyIf: '$states.input.totalAmount > 50', timeout: Duration.hours(2) }),
  ];

  beforeEach(async () => {
    shop = await openSaga(undefined, steps);
  });

  const decide = async (approved: boolean) => {
    const waiting = await shop.orders.reaches('order-1', 'PENDING_APPROVAL');
    const [{ resources }] = shop.cloud.stacks;
    const { ref } = resources.find(({ type, logicalId }) => type === 'AWS::Lambda::Function' && logicalId.includes('Decide'))!;
    await shop.cloud.calls.perform({
      service: 'lambda',
      operation: 'Invoke',
      input: { FunctionName: ref, Payload: JSON.stringify({ orderId: 'order-1', approved, by: 'jo', reason: 'seen' }) },
      caller: { kind: 'outside', name: 'jo' },
    });
    return waiting;
  };

  test('waits until it is approved', async () => {
    const { orders } = shop;
    await orders.submit(order('order-1'));
    const waiting = await decide(true);
    const outcome = await orders.outcome('order-1');

    expect(waiting.waiting).toMatchObject({ step: 'AwaitApproval', token: expect.any(String), accepted: 'APPROVED', rejected: 'NOT_APPROVED' });
    expect(outcome).toMatchObject({ status: 'COMPLETED', order: { results: { AwaitApproval: { decidedBy: 'jo' } } } });
    expect(outcome.order).not.toHaveProperty('waiting');
    expect(Object.values(outcome.order!.history as object).map(({ status }) => status)).toEqual([
      'RECEIVED', 'VALID', 'RESERVED', 'PENDING_APPROVAL', 'APPROVED', 'COMPLETED',
    ]);
  });

  test('is undone when it is not approved', async () => {
    await shop.orders.submit(order('order-1'));
    await decide(false);

    expect(await shop.orders.outcome('order-1')).toMatchObject({ status: 'NOT_APPROVED', execution: 'SUCCEEDED', reason: 'seen' });
    expect(await shop.balances.stock()).toBe(STOCK);
  });

  test('is undone when it is not decided in time', async () => {
    expect(await shop.orders.process(order('order-1'))).toMatchObject({
      status: 'NOT_APPROVED', execution: 'SUCCEEDED', reason: 'no decision was made in time',
    });
    expect(await shop.balances.stock()).toBe(STOCK);
    expect(shop.orders.sent.alerts).toEqual([]);
  });

  test('needs none when its total is small', async () => {
    const outcome = await shop.orders.process(order('order-1', 'ann', 1));

    expect(outcome).toMatchObject({ status: 'COMPLETED', path: expect.not.arrayContaining(['AwaitApproval']) });
  });
});

describe('what follows a completed order', () => {
  beforeEach(async () => {
    shop = await openSaga(undefined, () => [new ValidateOrder()], {}, undefined, (stack) => [
      new SendConfirmation({ sender: 'shop@example.com' }), new EnqueueOrder({ queue: new Queue(stack, 'Shipping') }),
    ]);
  });

  test('is a mail to the customer and a message to the warehouse', async () => {
    const outcome = await shop.orders.process({ ...order('order-1'), email: 'ann@example.com' });

    expect(outcome.status).toBe('COMPLETED');
    expect(shop.orders.sent.mails).toMatchObject([{ subject: 'Your order order-1', to: ['ann@example.com'] }]);
    expect(shop.orders.sent.messages('Shipping')).toHaveLength(1);
  });

  test('is no mail for an order without an address', async () => {
    expect(await shop.orders.process(order('order-1'))).toMatchObject({ status: 'COMPLETED' });
    expect(shop.orders.sent.mails).toEqual([]);
  });

  test('can fail permanently without changing the order, and an alert is published', async () => {
    shop.orders.faults.state('SendConfirmation').always().failsBeforeEffect();
    shop.orders.faults.state('EnqueueOrder').always().failsBeforeEffect();

    const outcome = await shop.orders.process({ ...order('order-1'), email: 'ann@example.com' });

    expect(outcome).toMatchObject({ status: 'COMPLETED', execution: 'SUCCEEDED' });
    expect(shop.orders.sent.alerts.map(({ attributes }) => [attributes.kind, attributes.step])).toEqual([
      ['closing-step-failed', 'SendConfirmation'], ['closing-step-failed', 'EnqueueOrder'],
    ]);
  });
});

describe('where rejections are published too', () => {
  beforeEach(async () => {
    shop = await openSaga(undefined, undefined, { alertRejections: true });
  });

  test('a rejected order is published once, as it is when it is undone, and a completed one is not', async () => {
    await shop.orders.process(order('order-1', 'eve'));
    await shop.orders.process(order('order-2'));

    expect(shop.orders.sent.alerts).toMatchObject([{
      attributes: { kind: 'order-rejected', error: 'REFUNDED' },
      body: { orderId: 'order-1', status: 'REFUNDED', cause: 'SUSPICIOUS: known' },
    }]);
    expect(shop.orders.sent.alerts[0].attributes).not.toHaveProperty('step');
  });

  test('an order that is rejected before anything was done is published too', async () => {
    await shop.orders.process({ ...order('order-1'), totalAmount: 1 });

    expect(shop.orders.sent.alerts).toMatchObject([{ attributes: { kind: 'order-rejected', error: 'INVALID' } }]);
  });
});
