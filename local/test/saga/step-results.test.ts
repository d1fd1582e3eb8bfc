import { Choice, Condition, Fail, Pass, Result, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import { InvokeFunction, ProcessPayment, ReserveInventory, RunStates, ValidateOrder } from '../../../src';
import { inlineFunction, openSaga, order, SagaFixture, STOCK } from './saga-fixture';

let shop: SagaFixture;
afterEach(() => shop.cloud.close());

describe('a chain of states of a user', () => {
  beforeEach(async () => {
    shop = await openSaga(undefined, (stack) => [
      new ReserveInventory(),
      new RunStates({
        stepName: 'Audit',
        states: new Choice(stack, 'Which?')
          .when(Condition.stringEquals('$.userId', 'eve'), new Pass(stack, 'No', { result: Result.fromObject({ status: 'DOUBTFUL', by: 'jo' }) }))
          .when(Condition.stringEquals('$.userId', 'broken'), new Fail(stack, 'Broken', { error: 'AuditBroken', cause: 'no auditor' }))
          .when(Condition.stringEquals('$.userId', 'whole'), new Succeed(stack, 'Whole'))
          .otherwise(new Pass(stack, 'Yes', { result: Result.fromObject({ status: 'AUDITED', by: 'jo', notes: [[], [{ page: null }]] }) })),
        acceptedStatus: 'AUDITED',
        rejectedStatuses: ['DOUBTFUL'],
      }),
    ]);
  });

  test('accepts, and what it returns is kept', async () => {
    expect(await shop.orders.process(order('order-1'))).toMatchObject({
      status: 'COMPLETED', order: { results: { Audit: { by: 'jo', notes: [[], [{ page: null }]] } } },
    });
  });

  test('rejects', async () => {
    expect(await shop.orders.process(order('order-1', 'eve'))).toMatchObject({ status: 'DOUBTFUL', execution: 'SUCCEEDED' });
    expect(await shop.balances.stock()).toBe(STOCK);
  });

  test('fails, and its error is published', async () => {
    expect(await shop.orders.process(order('order-1', 'broken'))).toMatchObject({ status: 'FAILED', reason: 'Audit failed' });
    expect(shop.orders.sent.alerts).toMatchObject([{ attributes: { kind: 'order-failed', step: 'Audit' } }]);
  });

  test('that returns the order unchanged has decided nothing: its status is that of the step before', async () => {
    expect(await shop.orders.process(order('order-1', 'whole'))).toMatchObject({
      status: 'FAILED', cause: expect.stringContaining('the status RESERVED was returned; Audit declares AUDITED, DOUBTFUL'),
    });
  });
});

test('a first step that answers an undeclared status ends the order, though there is nothing to undo', async () => {
  shop = await openSaga(undefined, (stack) => [
    new RunStates({
      stepName: 'Greet', states: new Pass(stack, 'Hello', { result: Result.fromObject({ status: 'HELLO' }) }), acceptedStatus: 'GREETED',
    }),
  ]);

  const outcome = await shop.orders.process(order('order-1'));

  expect(outcome).toMatchObject({ execution: 'FAILED', order: { status: 'FAILED', reason: 'Greet failed', undo: { cause: 'failed' } } });
  expect(outcome.order).not.toHaveProperty('openSince');
});

describe('what a step returns', () => {
  const RETURNS = `
    const found = { large: Array.from({ length: 30000 }, () => 1) };
    return event.userId === 'large' ? { status: 'ROUTED', ...found }
      : event.userId === 'null' ? { status: 'ROUTED', reason: null, at: 1234567890123456 }
      : event.userId === 'list' ? ['ROUTED']
      : event.userId === 'whole' ? { ...event, status: 'ROUTED', reason: 'margin is fine', carrier: 'swift' }
      : { status: 'ROUTED', currency: 'XXX', items: 3 };`;

  beforeEach(async () => {
    shop = await openSaga(undefined, (stack) => [
      new ValidateOrder(),
      new ReserveInventory(),
      new InvokeFunction({ stepName: 'Route', handler: inlineFunction(stack, 'Route', RETURNS), acceptedStatus: 'ROUTED', rejectedStatuses: ['LOST'] }),
    ]);
  });

  test('is kept beside the order, whatever its names are', async () => {
    expect(await shop.orders.process(order('order-1'))).toMatchObject({
      status: 'COMPLETED', order: { currency: 'EUR', results: { Route: { currency: 'XXX', items: 3 } } },
    });
  });

  test('is kept without the order, when the whole order is returned, and the reason of an acceptance is not shown to the customer', async () => {
    const { status, order: row } = await shop.orders.process(order('order-1', 'whole'));

    expect(status).toBe('COMPLETED');
    expect(row!.results).toEqual({ Route: { carrier: 'swift', reason: 'margin is fine' } });
    expect(row).not.toHaveProperty('reason');
  });

  test('has no reason when that is null, and keeps all digits of a whole number', async () => {
    const { order: row } = await shop.orders.process(order('order-1', 'null'));

    expect(row).not.toHaveProperty('reason');
    expect(row!.results).toEqual({ Route: { at: 1234567890123456 } });
  });

  test('is too large to pass on: the order is undone while that is still possible, and the alert says so', async () => {
    const outcome = await shop.orders.process(order('order-1', 'large'));

    expect(outcome).toMatchObject({ status: 'FAILED', cause: expect.stringContaining('keep what is large elsewhere') });
    expect(await shop.balances.stock()).toBe(STOCK);
  });

  test('is no object: the alert says what it was', async () => {
    expect(await shop.orders.process(order('order-1', 'list'))).toMatchObject({
      status: 'FAILED', cause: expect.stringContaining('a result of type array was returned, not an object with a status'),
    });
  });
});

test('an order without a currency has the default one, also where nothing validates it', async () => {
  shop = await openSaga(undefined, () => [ProcessPayment.simulated()], { defaultCurrency: 'CHF' });
  const { currency: _, ...withoutCurrency } = order('order-1') as { currency: string };

  expect(await shop.orders.process(withoutCurrency)).toMatchObject({ status: 'COMPLETED', order: { currency: 'CHF' } });
});
