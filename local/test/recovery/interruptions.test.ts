import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { LocalWorkflow } from '../../src';
import { withoutEvents } from './without-events';
import { openSaga, order, SagaFixture } from '../saga/saga-fixture';

const FORWARD = [
  'ValidateOrder', 'ValidateOrder accepted?', 'ReserveInventory', 'ReserveInventory accepted?', 'ProcessPayment', 'Record ProcessPayment',
  'ProcessPayment accepted?', 'CreateOrder', 'CreateOrder accepted?', 'CheckFraud', 'Record CheckFraud', 'CheckFraud accepted?',
];
const BACKWARD = [
  'Look up order', 'Check order', 'Begin undo', 'Where to undo from?', 'Publish failure', 'Undo CheckFraud', 'Record undo of CheckFraud',
  'Undo ProcessPayment', 'Record undo of ProcessPayment', 'Undo ReserveInventory', 'Record undo of ReserveInventory', 'Finish undo', 'All undone?',
];
/** The states before a charge can have been made: there is no payment to refund. */
const BEFORE_MONEY = ['ValidateOrder', 'ValidateOrder accepted?', 'ReserveInventory', 'ReserveInventory accepted?'];

const WAYS = [
  [StateMachineType.STANDARD, 'an event arrives'],
  [StateMachineType.STANDARD, 'no event arrives'],
  [StateMachineType.EXPRESS, 'no event arrives'],
] as const;

describe.each(WAYS)('an execution of a %s workflow is interrupted, and %s', (type, how) => {
  let shop: SagaFixture;
  let count = 0;

  beforeAll(async () => {
    shop = await openSaga(type, undefined, {}, how === 'no event arrives' ? withoutEvents : undefined);
  });
  afterEach(() => shop.orders.faults.clear());
  afterAll(() => shop.cloud.close());

  async function interruptedAfter(state: string): Promise<{ orderId: string; stock: number; alerts: () => LocalWorkflow['sent']['alerts'] }> {
    const { orders, balances } = shop;
    const orderId = `order-${++count}`;
    const stock = await balances.stock();
    const alertsBefore = orders.sent.alerts.length;
    orders.stopAfter(orderId, state);
    await orders.submit(order(orderId));
    await orders.outcome(orderId);
    return { orderId, stock, alerts: () => orders.sent.alerts.slice(alertsBefore) };
  }

  test.each(FORWARD)('after %s: the order is undone, and published once', async (state) => {
    const { orderId, stock, alerts } = await interruptedAfter(state);

    const row = await shop.orders.settled(orderId);

    expect(row.status).toBe(BEFORE_MONEY.includes(state) ? 'FAILED' : 'REFUNDED');
    expect(row.undo).toMatchObject({ cause: 'failed' });
    expect(await shop.balances.faultsOf({ orderId, status: row.status, path: [], execution: 'ABORTED', order: row }, stock)).toEqual([]);
    expect(alerts().map(({ attributes }) => attributes.kind)).toEqual(['execution-interrupted']);
    expect(row.alertedAt).toBeDefined();
  });

  test.each(BACKWARD)('after %s of the undo: the undo continues, and what was published is not published again', async (state) => {
    shop.orders.faults.state('CheckFraud').always().failsBeforeEffect();
    const { orderId, stock, alerts } = await interruptedAfter(state);

    const row = await shop.orders.settled(orderId);

    expect(row).toMatchObject({ status: 'REFUNDED', undo: { cause: 'failed', from: 'CheckFraud' } });
    expect(await shop.balances.faultsOf({ orderId, status: row.status, path: [], execution: 'ABORTED', order: row }, stock)).toEqual([]);
    const publishedBefore = BACKWARD.indexOf(state) >= BACKWARD.indexOf('Publish failure');
    // The row of an EXPRESS order says so from the next write on, and its execution has no history.
    const publishedAgain = type === StateMachineType.EXPRESS && ['Publish failure', 'Undo CheckFraud'].includes(state);
    // From the beginning of the undo the row states that the order had failed before its execution was interrupted.
    const kind = BACKWARD.indexOf(state) < BACKWARD.indexOf('Begin undo') ? 'execution-interrupted' : 'order-failed';
    expect(alerts().map(({ attributes }) => attributes.kind)).toEqual(Array(publishedBefore && publishedAgain ? 2 : 1).fill(kind));
  });
});
