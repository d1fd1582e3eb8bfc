import { Queue } from 'aws-cdk-lib/aws-sqs';
import { IntakeFixture, Reply } from './intake-fixture';
import { AwaitApproval, EnqueueOrder } from '../../../src';
import { Json } from '../../src';
import { allSteps, order } from '../saga/saga-fixture';
import { Moment } from '../saga/concurrent-write';

const FORWARD = [
  'ValidateOrder', 'ReserveInventory', 'ProcessPayment', 'Record ProcessPayment', 'CreateOrder', 'CheckFraud', 'Record CheckFraud', 'Complete order',
];
/** What an order goes through that is found to be suspicious, from there on. */
const BACKWARD = [
  'Undo ProcessPayment: refund', 'Record undo of ProcessPayment', 'Undo ReserveInventory', 'Record undo of ReserveInventory', 'Finish undo',
];
const CLOSING = 'EnqueueOrder';
const around = (states: string[]) => states.flatMap((state) => [{ state, when: 'before' as const }, { state, when: 'after' as const }]);

let intake: IntakeFixture;
let count = 0;
beforeAll(async () => {
  intake = await IntakeFixture.open({
    workflow: (stack) => ({
      steps: [...allSteps(stack), new AwaitApproval({ onlyIf: '$states.input.totalAmount > 100' })],
      closingSteps: [new EnqueueOrder({ queue: new Queue(stack, 'Shipping') })],
    }),
  });
});
afterEach(() => { intake.cloud.calls.interceptWith((call, perform) => intake.cloud.faults.intercept(call, perform)); });
afterAll(() => intake.close());

/** Cancels an order by HTTP once, right before or after the call of a state. */
function cancelAround({ state, when }: Moment, orderId: string): { reply?: Reply } {
  const cancel: { reply?: Reply } = {};
  intake.cloud.calls.interceptWith(async (call, perform): Promise<Json> => {
    const here = !cancel.reply && call.caller.kind === 'state' && call.caller.name === state;
    if (here && when === 'before') cancel.reply = await intake.cancel(orderId);
    const answer = await perform();
    if (here && when === 'after') cancel.reply = await intake.cancel(orderId);
    return answer;
  });
  return cancel;
}

test('the states of this test are all that call a service, on the way to the end and back', async () => {
  const called = new Set(intake.calls.flatMap(({ caller }) => caller.kind === 'state' ? [caller.name] : []));
  expect(called.size).toBe(0);
  intake.cloud.calls.observe(({ caller }) => { if (caller.kind === 'state') called.add(caller.name); });

  await intake.post(order('good'));
  await intake.post(order('suspicious', 'eve'));
  const ended = await Promise.all([intake.orders.outcome('good'), intake.orders.outcome('suspicious')]);

  expect(ended.map(({ status }) => status)).toEqual(['COMPLETED', 'REFUNDED']);
  expect([...called].sort()).toEqual([...FORWARD, ...BACKWARD, CLOSING, 'Close order'].sort());
});

test.each(around([...FORWARD, CLOSING]))('a cancel $when $state: all is done, or all is undone, and the response says which', async (moment) => {
  const { orders, balances } = intake;
  const orderId = `forward-${++count}`;
  const [stock, alertsBefore] = [await balances.stock(), orders.sent.alerts.length];
  const cancel = cancelAround(moment, orderId);

  await intake.post(order(orderId));
  const outcome = await orders.outcome(orderId);

  const tooLate = moment.state === CLOSING || (moment.state === 'Complete order' && moment.when === 'after');
  const charged = await balances.payment(orderId) !== undefined;
  expect(cancel.reply!.status).toBe(tooLate ? 409 : 202);
  expect(cancel.reply!.body).toMatchObject(tooLate ? { type: 'urn:problem-type:too-late' } : { orderId });
  expect(outcome).toMatchObject({ execution: 'SUCCEEDED', status: tooLate ? 'COMPLETED' : charged ? 'REFUNDED' : 'CANCELLED' });
  expect(await balances.faultsOf(outcome, stock)).toEqual([]);
  expect(orders.sent.alerts).toHaveLength(alertsBefore);
});

test.each(around(BACKWARD))('a cancel $when $state comes too late: the order is being undone as it is', async (moment) => {
  const { orders, balances } = intake;
  const orderId = `backward-${++count}`;
  const stock = await balances.stock();
  const cancel = cancelAround(moment, orderId);

  await intake.post(order(orderId, 'eve'));
  const outcome = await orders.outcome(orderId);

  expect(cancel.reply).toMatchObject({ status: 409, body: { type: 'urn:problem-type:too-late' } });
  expect(outcome).toMatchObject({ execution: 'SUCCEEDED', status: 'REFUNDED', reason: 'SUSPICIOUS: known' });
  expect(await balances.faultsOf(outcome, stock)).toEqual([]);
});

describe('an order that waits for an approval', () => {
  test.each(around(['AwaitApproval']))('and is cancelled $when the wait begins does not wait', async (moment) => {
    const { orders } = intake;
    const orderId = `wait-${++count}`;
    const began = orders.clock.now.getTime();
    const cancel = cancelAround(moment, orderId);

    await intake.post(order(orderId, 'ann', 4));
    const outcome = await orders.outcome(orderId);

    expect(cancel.reply!.status).toBe(202);
    expect(outcome).toMatchObject({ execution: 'SUCCEEDED', status: 'REFUNDED' });
    expect(orders.clock.now.getTime() - began).toBeLessThan(60_000);
  });

  test('and is cancelled while its wait is tried again, after a lost answer, does not wait', async () => {
    const { orders, balances } = intake;
    const stock = await balances.stock();
    orders.faults.state('AwaitApproval').failsAfterEffect();
    let tries = 0;
    let cancel: Reply | undefined;
    intake.cloud.calls.interceptWith(async (call, perform): Promise<Json> => {
      const isSecondTry = call.caller.kind === 'state' && call.caller.name === 'AwaitApproval' && ++tries === 2;
      // The token on the row is that of the first try, which nothing listens to any more.
      if (isSecondTry) cancel = await intake.cancel('tried-again');
      return intake.cloud.faults.intercept(call, perform);
    });

    await intake.post(order('tried-again', 'ann', 5));
    const outcome = await orders.outcome('tried-again');

    expect(cancel!.status).toBe(202);
    expect(outcome).toMatchObject({ status: 'REFUNDED', reason: 'CANCELLED: cancelled on request', execution: 'SUCCEEDED' });
    expect(outcome.order).not.toHaveProperty('waiting');
    expect(await balances.faultsOf(outcome, stock)).toEqual([]);
  });

  test('ends its wait at once on a cancel, is undone, and cannot be decided any more', async () => {
    const { orders } = intake;
    await intake.post(order('woken', 'ann', 4));
    await orders.reaches('woken', 'PENDING_APPROVAL');
    const began = orders.clock.now.getTime();

    const replies = [await intake.cancel('woken'), await intake.cancel('woken')];
    const outcome = await orders.outcome('woken');
    const decided = await intake.decide('woken', { approved: true });

    expect(replies.map(({ status }) => status)).toEqual([202, 202]);
    expect(outcome).toMatchObject({ execution: 'SUCCEEDED', status: 'REFUNDED' });
    expect(orders.clock.now.getTime()).toBe(began);
    expect(decided).toMatchObject({ status: 409, body: { type: 'urn:problem-type:nothing-to-decide' } });
    expect((await intake.cancel('woken')).status).toBe(202);
  });

  test.each([
    [true, 'APPROVED', 'COMPLETED'], [false, 'NOT_APPROVED', 'REFUNDED'],
  ])('goes on as is decided over HTTP (%s: %s)', async (approved, decided, status) => {
    const orderId = `decided-${approved}`;
    await intake.post(order(orderId, 'ann', 4));
    await intake.orders.reaches(orderId, 'PENDING_APPROVAL');

    const reply = await intake.decide(orderId, { approved, reason: 'seen' });
    const again = await intake.orders.outcome(orderId).then(() => intake.decide(orderId, { approved }));

    expect(reply).toMatchObject({ status: 202, body: { orderId, status: decided } });
    expect(await intake.orders.order(orderId)).toMatchObject({ status });
    expect(again.status).toBe(409);
  });
});
