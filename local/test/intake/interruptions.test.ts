import { IntakeFixture, LEASE_MS } from './intake-fixture';
import { QueueIntake } from '../../../src';
import { FaultPlan } from '../../src';
import { order, STOCK } from '../saga/saga-fixture';

/** What the functions call, in order, for an order that is new. */
const CALLS = ['lock the order', 'put the row', 'start the execution', 'keep the answer'];
/** No SDK tries this again: for what it calls, the function is gone. */
const GONE = 'AccessDeniedException';
/** Longer than a message stays with a function that took it. */
const VISIBILITY_MS = 91_000;

const INTERRUPTIONS = CALLS.flatMap((call, index) => [['before', call, index] as const, ['after', call, index] as const]);

let intake: IntakeFixture;
let http: string;
let queue: string;
let count = 0;
beforeAll(async () => {
  intake = await IntakeFixture.open({ intakes: () => [new QueueIntake()] });
  http = intake.resource('AWS::Lambda::Function', /IntakesHttpFunction/);
  queue = intake.resource('AWS::Lambda::Function', /IntakesQueueFunction/);
  await intake.post(order('first'));
  await intake.orders.outcome('first');
});
afterEach(() => intake.orders.faults.clear());
afterAll(() => intake.close());

/** From a call on nothing that the function does succeeds: as if it were gone. */
function interrupt(caller: string, when: 'before' | 'after', index: number): void {
  const calls = () => intake.orders.faults.call('dynamodb', { caller });
  const starts = () => intake.orders.faults.call('states', { caller });
  const isStart = CALLS[index] === 'start the execution';
  const before = index > 2 ? index - 1 : index;
  if (when === 'after') {
    (isStart ? starts() : calls().after(before)).times(1).failsAfterEffect(GONE);
  }
  (isStart ? calls().after(2) : calls().after(before)).always().failsBeforeEffect(GONE);
  if (index < 3) {
    starts().always().failsBeforeEffect(GONE);
  }
}

async function expectOnce(orderId: string): Promise<void> {
  const outcome = await intake.orders.outcome(orderId);
  expect(outcome).toMatchObject({ status: 'COMPLETED', execution: 'SUCCEEDED' });
  expect(intake.executionsOf(orderId)).toBe(1);
  expect(intake.times('lambda', 'Invoke', /Charge/, `${orderId}:ProcessPayment`)).toBe(1);
  expect((await intake.rows()).filter((row) => row.orderId === orderId)).toHaveLength(1);
}

test('the calls of this test are all that an intake makes for an order', async () => {
  const from = intake.calls.length;
  await intake.post(order('counted'));
  await intake.orders.outcome('counted');
  const made = intake.calls.slice(from).filter(({ caller }) => caller.name === http).map(({ operation }) => operation);

  expect(made).toEqual(['PutItem', 'PutItem', 'StartExecution', 'UpdateItem']);
});

test.each(INTERRUPTIONS)('an HTTP intake that is interrupted %s it could %s: sent again, it is one order', async (when, _call, index) => {
  const orderId = `http-${++count}`;
  interrupt(http, when, index);
  const interrupted = await intake.post(order(orderId));
  intake.orders.faults.clear();
  await intake.orders.clock.advance(LEASE_MS);

  const again = await intake.post(order(orderId));
  const other = await intake.post(order(orderId, 'ann', 1));

  // Once the row stands the order is accepted.
  expect(interrupted).toMatchObject(index < 2 ? { status: 500, type: 'application/problem+json' } : { status: 202, body: { orderId } });
  expect(JSON.stringify(interrupted.body)).not.toMatch(/AccessDenied|injected| at /);
  expect(again).toMatchObject({ status: 202, body: { orderId, status: 'RECEIVED' } });
  expect(other.status).toBe(409);
  await expectOnce(orderId);
});

test.each(INTERRUPTIONS)('a queue intake that is interrupted %s it could %s: the message is received again, and is one order', async (when, _call, index) => {
  const orderId = `queue-${++count}`;
  interrupt(queue, when, index);
  await intake.send(order(orderId));
  await intake.settle();
  intake.orders.faults.clear();

  await intake.orders.clock.advance(VISIBILITY_MS);

  await expectOnce(orderId);
  expect(intake.cloud.queue(intake.resource('AWS::SQS::Queue', /IntakesQueueDeadLetters/))).toEqual([]);
});

test('a response that is lost on its way is given again', async () => {
  intake.orders.faults.call('lambda:Invoke', { resource: http }).failsAfterEffect();
  const lost = await intake.post(order('lost'));
  const again = await intake.post(order('lost'));

  expect([lost.status, again.status]).toEqual([503, 202]);
  await expectOnce('lost');
});

test.each<[string, string[], (at: FaultPlan) => unknown]>([
  ['fails', CALLS, (at) => at.failsBeforeEffect()],
  ['is throttled', CALLS, (at) => at.isThrottled()],
  ['hears nothing', CALLS, (at) => at.timesOut()],
  // Who loses the answer to its own lock waits for it to end, and for a function of this cloud no time passes.
  ['fails after its effect', CALLS.slice(1), (at) => at.failsAfterEffect()],
])('when one call of an intake %s, the order is accepted nevertheless, or the response asks to send it again', async (_what, calls, fail) => {
  for (const call of calls) {
    const orderId = `shaken-${++count}`;
    const { faults, clock } = intake.orders;
    fail(call === 'start the execution'
      ? faults.call('states', { caller: http })
      : faults.call('dynamodb', { caller: http }).after(CALLS.indexOf(call) > 2 ? 2 : CALLS.indexOf(call)));
    const reply = await intake.post(order(orderId));
    faults.clear();
    await clock.advance(LEASE_MS);

    expect([202, 429, 503]).toContain(reply.status);
    expect((await intake.post(order(orderId))).status).toBe(202);
    await expectOnce(orderId);
  }
});

describe('a lock whose time is over, and that DynamoDB has not deleted yet,', () => {
  const locks = async () => intake.rows('LocksTable');
  const seconds = () => Math.floor(intake.orders.clock.now.getTime() / 1000);

  test('does not keep its key from another order', async () => {
    const headers = { 'authorization': 'Credential=backend/x', 'idempotency-key': 'reused' };
    const before = new Set((await locks()).map(({ id }) => id));
    const first = await intake.post(order('yesterday'), headers);
    const tooSoon = await intake.post(order('today'), headers);
    const [lock] = (await locks()).filter(({ id }) => !before.has(id));
    await intake.orders.seed({ Locks: [{ ...lock, expiration: seconds() - 1 }] });

    const later = await intake.post(order('today'), headers);

    expect([first.status, tooSoon.status, later.status]).toEqual([202, 409, 202]);
    await expectOnce('yesterday');
    await expectOnce('today');
  });

  test('does not block the order of an intake that was interrupted', async () => {
    const before = new Set((await locks()).map(({ id }) => id));
    interrupt(http, 'after', 0);
    const interrupted = await intake.post(order('locked'));
    intake.orders.faults.clear();
    const [lock] = (await locks()).filter(({ id }) => !before.has(id));
    expect(lock.status).toBe('INPROGRESS');
    await intake.orders.seed({ Locks: [{ ...lock, expiration: seconds() - 1 }] });

    expect([interrupted.status, (await intake.post(order('locked'))).status]).toEqual([500, 202]);
    await expectOnce('locked');
  });
});

test('in the end the stock is lower by what was ordered', async () => {
  const completed = (await intake.rows()).filter(({ status }) => status === 'COMPLETED');

  expect(completed.length).toBeGreaterThan(20);
  expect(await intake.balances.stock()).toBe(STOCK - 2 * completed.length);
});
