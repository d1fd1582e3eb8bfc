import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { FaultPlan } from '../../src';
import { openSaga, order, SagaFixture } from './saga-fixture';

/** Longer than all retries and the undo take. */
const LONG_AFTER = 5 * 60_000;

const FAULTS: { [kind: string]: (at: FaultPlan) => { readonly hits: number } } = {
  'fails before its effect': (at) => at.failsBeforeEffect(),
  'fails after its effect': (at) => at.failsAfterEffect(),
  'times out': (at) => at.timesOut(),
  'succeeds late': (at) => at.succeedsLate(),
  'succeeds when all is undone': (at) => at.succeedsLate(LONG_AFTER),
  'happens twice': (at) => at.happensTwice(),
  'is throttled': (at) => at.isThrottled(),
  'meets a conflict': (at) => at.meetsConflict(),
  'answers nonsense': (at) => at.answers({ nonsense: true }),
  'answers more than a state can hold': (at) => at.answers({ status: 'CLEARED', much: 'x'.repeat(300_000) }),
  'answers an undeclared status': (at) => at.answers({ status: 'MAYBE' }),
};

const FORWARD = [
  'ValidateOrder', 'ReserveInventory', 'ProcessPayment', 'Record ProcessPayment', 'CreateOrder', 'CheckFraud', 'Record CheckFraud', 'Complete order',
];
const BACKWARD = [
  'Look up order', 'Begin undo', 'Publish failure', 'Undo CheckFraud', 'Record undo of CheckFraud', 'Undo ProcessPayment: refund',
  'Record undo of ProcessPayment', 'Undo ReserveInventory', 'Record undo of ReserveInventory', 'Finish undo',
];
/** The step that fails when a state fails. */
const stepOf = (state: string) => state === 'Complete order' ? 'CompleteOrder' : state.replace('Record ', '');

/** A compensation can return anything; what DynamoDB and SNS answer is short. */
const isPossible = (state: string, kind: string) => kind !== 'answers more than a state can hold' || state.startsWith('Undo ');

const OFTEN = [['once', 1], ['until all retries are used up', 100]] as const;

const cases = (states: string[]) => states.flatMap((state) =>
  Object.keys(FAULTS).flatMap((kind) => OFTEN.map(([often, times]) => [state, kind, often, times] as const)));

describe.each([StateMachineType.STANDARD, StateMachineType.EXPRESS])('in a %s workflow', (type) => {
  let shop: SagaFixture;
  let count = 0;

  beforeAll(async () => {
    shop = await openSaga(type);
  });
  afterEach(() => shop.orders.faults.clear());
  afterAll(() => shop.cloud.close());

  test.each(cases(FORWARD))('%s %s %s: the order is completed, or undone and its failure published', async (state, kind, _often, times) => {
    const { orders, balances } = shop;
    const stock = await balances.stock();
    const alertsBefore = orders.sent.alerts.length;
    const fault = FAULTS[kind](orders.faults.state(state).times(times));

    const outcome = await orders.process(order(`order-${++count}`));
    if (kind === 'succeeds when all is undone') {
      await orders.clock.advance(2 * LONG_AFTER);
    }

    expect(fault.hits).toBeGreaterThan(0);
    expect(outcome.status).toMatch(/^(COMPLETED|FAILED|REFUNDED)$/);
    expect(await orders.order(outcome.orderId)).toEqual(outcome.order);
    expect(await balances.faultsOf(outcome, stock)).toEqual([]);
    expect(orders.sent.alerts.slice(alertsBefore).map(({ attributes }) => attributes.step)).toEqual(outcome.status === 'COMPLETED' ? [] : [stepOf(state)]);
    expect(outcome.execution).toBe(outcome.status === 'COMPLETED' ? 'SUCCEEDED' : 'FAILED');
  });

  /** The kinds of alert about an order, each message once: a topic can deliver a message more than once. */
  const kindsOf = (orderId: string) => [...new Map(shop.orders.sent.alerts.filter(({ body }) => (body as { orderId: string }).orderId === orderId)
    .map(({ body, attributes }) => [JSON.stringify(body), attributes.kind])).values()];
  const times = (kinds: string[], kind: string) => kinds.filter((each) => each === kind).length;

  test.each(cases(BACKWARD).filter(([state, kind]) => isPossible(state, kind)))('while an order is undone, %s %s %s: it is undone all the same, at the latest by an operator’s retry', async (state, kind, often, hits) => {
    const { orders, balances } = shop;
    const stock = await balances.stock();
    orders.faults.state('CheckFraud').always().failsBeforeEffect();
    FAULTS[kind](orders.faults.state(state).times(hits));

    const outcome = await orders.process(order(`order-${++count}`));
    if (often === 'once') {
      expect(outcome).toMatchObject({ status: 'REFUNDED', execution: 'FAILED', reason: 'FAILED: CheckFraud failed' });
    }
    orders.faults.clear();
    if (kind === 'succeeds when all is undone') {
      await orders.clock.advance(2 * LONG_AFTER);
    }
    let row = await orders.settled(outcome.orderId);
    if (row.status === 'NEEDS_ATTENTION') {
      await orders.clock.advance(2 * LONG_AFTER);
      await orders.invoke('RepairOrder', { orderId: outcome.orderId, action: 'retry' });
      await orders.clock.advance(LONG_AFTER);
      row = (await orders.order(outcome.orderId))!;
    }

    expect(row).toMatchObject({ status: 'REFUNDED', reason: 'FAILED: CheckFraud failed' });
    expect(await balances.faultsOf({ ...outcome, status: row.status, order: row }, stock)).toEqual([]);
    const kinds = kindsOf(outcome.orderId);
    expect(kinds).toHaveLength(times(kinds, 'order-failed') + times(kinds, 'execution-interrupted') + 2 * times(kinds, 'order-repaired'));
    // Unknown: a response of the topic that is lost permanently, and what an EXPRESS execution could not write.
    const isUnknown = often !== 'once' && (state === 'Publish failure' || (type === StateMachineType.EXPRESS && ['Look up order', 'Begin undo'].includes(state)));
    expect(isUnknown ? [1, 2] : [1]).toContain(times(kinds, 'order-failed') + times(kinds, 'execution-interrupted'));
    expect(times(kinds, 'compensation-failed')).toBe(times(kinds, 'order-repaired'));
  });

  test.each([
    ['Undo CheckFraud', 'CheckFraud'],
    ['Record undo of CheckFraud', 'CheckFraud'],
    ['Undo ProcessPayment: refund', 'ProcessPayment'],
    ['Undo ReserveInventory', 'ReserveInventory'],
  ])('%s fails permanently: the others are undone, and the operators are notified', async (state, step) => {
    const { orders, balances } = shop;
    const stock = await balances.stock();
    const alertsBefore = orders.sent.alerts.length;
    orders.faults.state('CheckFraud').always().failsBeforeEffect();
    orders.faults.state(state).always().failsBeforeEffect();

    const outcome = await orders.process(order(`order-${++count}`));

    expect(outcome).toMatchObject({ status: 'NEEDS_ATTENTION', reason: `could not undo ${step}` });
    // An execution that can wait waits for an operator.
    expect(outcome.execution).toBe(type === StateMachineType.STANDARD ? 'RUNNING' : 'FAILED');
    expect(outcome.order!.openSince).toBeDefined();
    expect(orders.sent.alerts.slice(alertsBefore).map(({ attributes }) => [attributes.kind, attributes.step])).toEqual([
      ['order-failed', 'CheckFraud'], ['compensation-failed', JSON.stringify([step])],
    ]);
    expect(await balances.payment(outcome.orderId)).toBe(step === 'ProcessPayment' ? 'APPROVED' : 'REFUNDED');
    expect(stock - await balances.stock()).toBe(step === 'ReserveInventory' ? 2 : 0);
  });

  test.each(['Record undo of ProcessPayment', 'Finish undo'])('all responses to %s are lost: the row is read, and the failure published once', async (state) => {
    const { orders, balances } = shop;
    const stock = await balances.stock();
    const alertsBefore = orders.sent.alerts.length;
    orders.faults.state('CheckFraud').always().failsBeforeEffect();
    orders.faults.state(state).times(9).failsAfterEffect();

    const outcome = await orders.process(order(`order-${++count}`));

    expect(outcome).toMatchObject({ order: { status: 'REFUNDED' } });
    expect(await balances.faultsOf(outcome, stock)).toEqual([]);
    expect(orders.sent.alerts.slice(alertsBefore).filter(({ attributes }) => attributes.kind === 'order-failed')).toHaveLength(1);
  });

  test('two compensations fail permanently: both are named, and the third has run', async () => {
    const { orders, balances } = shop;
    const stock = await balances.stock();
    orders.faults.state('Complete order').always().failsBeforeEffect();
    orders.faults.state('Undo CheckFraud').always().failsBeforeEffect();
    orders.faults.state('Undo ProcessPayment: refund').always().failsBeforeEffect();

    const outcome = await orders.process(order(`order-${++count}`));

    expect(outcome).toMatchObject({ status: 'NEEDS_ATTENTION', reason: 'could not undo CheckFraud, ProcessPayment' });
    expect(await balances.stock()).toBe(stock);
    // Subscribers to either step are notified.
    expect(orders.sent.alerts[orders.sent.alerts.length - 1].attributes.step).toBe('["CheckFraud","ProcessPayment"]');
  });

  test.each([
    ['a failure', order, 'order-failed', ['order-failed']],
    ['a rejection', (id: string) => order(id, 'eve'), undefined, ['execution-interrupted']],
  ])('the undo after %s cannot be finished: the order stays open, and is finished by the recovery', async (_name, anOrder, begins, kinds) => {
    const { orders, balances } = shop;
    const stock = await balances.stock();
    if (begins) {
      orders.faults.state('CheckFraud').always().failsBeforeEffect();
    }
    orders.faults.state('Finish undo').always().failsBeforeEffect();

    const outcome = await orders.process(anOrder(`order-${++count}`));
    orders.faults.clear();
    expect(outcome.order!.openSince).toBeDefined();
    const row = await orders.settled(outcome.orderId);

    expect(row.status).toBe('REFUNDED');
    expect(await balances.faultsOf({ ...outcome, status: row.status, order: row }, stock)).toEqual([]);
    expect(kindsOf(outcome.orderId)).toEqual(kinds);
  });

  test.each(['Look up order', 'Begin undo'])('%s fails permanently: the failure is published, and the order stays open and unchanged and is recovered', async (state) => {
    const { orders, balances } = shop;
    const stock = await balances.stock();
    const alertsBefore = orders.sent.alerts.length;
    orders.faults.state('CheckFraud').always().failsBeforeEffect();
    orders.faults.state(state).always().failsBeforeEffect();

    const outcome = await orders.process(order(`order-${++count}`));

    expect(outcome).toMatchObject({ execution: 'FAILED', order: { status: 'CREATED' } });
    expect(outcome.order!.openSince).toBeDefined();
    expect(orders.sent.alerts[orders.sent.alerts.length - 1].attributes).toMatchObject({ kind: 'order-failed', step: 'CheckFraud' });

    orders.faults.clear();
    const row = await orders.settled(outcome.orderId);
    expect(row).toMatchObject({ status: 'REFUNDED', undo: { cause: 'failed' } });
    expect(await balances.faultsOf({ ...outcome, status: row.status, order: row }, stock)).toEqual([]);
    // What an EXPRESS execution has published is unknown: it has no history.
    expect(orders.sent.alerts.length - alertsBefore).toBe(type === StateMachineType.STANDARD ? 1 : 2);
  });

  test('the topic cannot be reached: the order is undone all the same', async () => {
    const { orders, balances } = shop;
    const stock = await balances.stock();
    orders.faults.state('CheckFraud').always().failsBeforeEffect();
    orders.faults.state('Publish failure').always().failsBeforeEffect();

    const outcome = await orders.process(order(`order-${++count}`));

    expect(outcome).toMatchObject({ status: 'REFUNDED' });
    expect(outcome.order!.alertedAt).toBeUndefined();
    // Still listed as open, so that the sweeper publishes what was not published.
    expect(await balances.faultsOf(outcome, stock)).toEqual(['the order is still open']);

    orders.faults.clear();
    const alertsBefore = orders.sent.alerts.length;
    const row = await orders.settled(outcome.orderId);
    expect(row).toMatchObject({ status: 'REFUNDED', alertedAt: expect.any(String) });
    expect(orders.sent.alerts.slice(alertsBefore).map(({ attributes }) => attributes.kind)).toEqual(['order-failed']);
  });
});
