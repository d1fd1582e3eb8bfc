import { Desk, LEASE_MS } from './a-desk';
import { QueueIntake } from '../../../src';
import { FaultPlan } from '../../src';
import { order, STOCK } from '../saga/a-saga';

/** What the functions call, in order, for an order that is new. */
const CALLS = ['lock the order', 'put the row', 'start the execution', 'keep the answer'];
/** No SDK tries this again: for what it calls, the function is gone. */
const GONE = 'AccessDeniedException';
/** Longer than a message stays with a function that took it. */
const VISIBILITY_MS = 91_000;

const CRASHES = CALLS.flatMap((call, index) => [['before', call, index] as const, ['after', call, index] as const]);

let desk: Desk;
let http: string;
let queue: string;
let count = 0;
beforeAll(async () => {
  desk = await Desk.open({ intakes: () => [new QueueIntake()] });
  http = desk.resource('AWS::Lambda::Function', /HttpIntakeFunction/);
  queue = desk.resource('AWS::Lambda::Function', /QueueIntakeFunction/);
  await desk.post(order('first'));
  await desk.orders.outcome('first');
});
afterEach(() => desk.orders.faults.clear());
afterAll(() => desk.close());

/** From a call on nothing that the function does succeeds: as if it were gone. */
function crash(caller: string, when: 'before' | 'after', index: number): void {
  const calls = () => desk.orders.faults.call('dynamodb', { caller });
  const starts = () => desk.orders.faults.call('states', { caller });
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
  const outcome = await desk.orders.outcome(orderId);
  expect(outcome).toMatchObject({ status: 'COMPLETED', execution: 'SUCCEEDED' });
  expect(desk.executionsOf(orderId)).toBe(1);
  expect(desk.times('lambda', 'Invoke', /Charge/, `${orderId}:ProcessPayment`)).toBe(1);
  expect((await desk.rows()).filter((row) => row.orderId === orderId)).toHaveLength(1);
}

test('the calls of this test are all that an intake makes for an order', async () => {
  const from = desk.calls.length;
  await desk.post(order('counted'));
  await desk.orders.outcome('counted');
  const made = desk.calls.slice(from).filter(({ caller }) => caller.name === http).map(({ operation }) => operation);

  expect(made).toEqual(['PutItem', 'PutItem', 'StartExecution', 'UpdateItem']);
});

test.each(CRASHES)('an HTTP intake that crashes %s it could %s: sent again, it is one order', async (when, _call, index) => {
  const orderId = `http-${++count}`;
  crash(http, when, index);
  const crashed = await desk.post(order(orderId));
  desk.orders.faults.clear();
  await desk.orders.clock.advance(LEASE_MS);

  const again = await desk.post(order(orderId));
  const other = await desk.post(order(orderId, 'ann', 1));

  expect(crashed).toMatchObject({ status: 500, type: 'application/problem+json' });
  expect(JSON.stringify(crashed.body)).not.toMatch(/AccessDenied|injected| at /);
  expect(again).toMatchObject({ status: 202, body: { orderId, status: 'RECEIVED' } });
  expect(other.status).toBe(409);
  await expectOnce(orderId);
});

test.each(CRASHES)('a queue intake that crashes %s it could %s: the message comes again, and is one order', async (when, _call, index) => {
  const orderId = `queue-${++count}`;
  crash(queue, when, index);
  await desk.send(order(orderId));
  await desk.settle();
  desk.orders.faults.clear();

  await desk.orders.clock.advance(VISIBILITY_MS);

  await expectOnce(orderId);
  expect(desk.cloud.queue(desk.resource('AWS::SQS::Queue', /QueueIntakeDeadLetters/))).toEqual([]);
});

test('an answer that is lost on its way is given again', async () => {
  desk.orders.faults.call('lambda:Invoke', { resource: http }).failsAfterEffect();
  const lost = await desk.post(order('lost'));
  const again = await desk.post(order('lost'));

  expect([lost.status, again.status]).toEqual([503, 202]);
  await expectOnce('lost');
});

test.each<[string, string[], (at: FaultPlan) => unknown]>([
  ['fails', CALLS, (at) => at.failsBeforeEffect()],
  ['is throttled', CALLS, (at) => at.isThrottled()],
  ['hears nothing', CALLS, (at) => at.timesOut()],
  // Who loses the answer to its own lock waits for it to end, and for a function of this cloud no time passes.
  ['fails after its effect', CALLS.slice(1), (at) => at.failsAfterEffect()],
])('when one call of an intake %s, the order is taken nevertheless, or told to be sent again', async (_what, calls, fail) => {
  for (const call of calls) {
    const orderId = `shaken-${++count}`;
    const { faults, clock } = desk.orders;
    fail(call === 'start the execution'
      ? faults.call('states', { caller: http })
      : faults.call('dynamodb', { caller: http }).after(CALLS.indexOf(call) > 2 ? 2 : CALLS.indexOf(call)));
    const reply = await desk.post(order(orderId));
    faults.clear();
    await clock.advance(LEASE_MS);

    expect([202, 429, 503]).toContain(reply.status);
    expect((await desk.post(order(orderId))).status).toBe(202);
    await expectOnce(orderId);
  }
});

describe('a lock whose time is over, and that DynamoDB has not deleted yet,', () => {
  const locks = async () => desk.rows('LocksTable');
  const seconds = () => Math.floor(desk.orders.clock.now.getTime() / 1000);

  test('does not keep its key from another order', async () => {
    const headers = { 'authorization': 'Credential=backend/x', 'idempotency-key': 'reused' };
    const before = new Set((await locks()).map(({ id }) => id));
    const first = await desk.post(order('yesterday'), headers);
    const tooSoon = await desk.post(order('today'), headers);
    const [lock] = (await locks()).filter(({ id }) => !before.has(id));
    await desk.orders.seed({ Locks: [{ ...lock, expiration: seconds() - 1 }] });

    const later = await desk.post(order('today'), headers);

    expect([first.status, tooSoon.status, later.status]).toEqual([202, 409, 202]);
    await expectOnce('yesterday');
    await expectOnce('today');
  });

  test('does not keep out the order of an intake that crashed', async () => {
    const before = new Set((await locks()).map(({ id }) => id));
    crash(http, 'after', 0);
    const crashed = await desk.post(order('stuck'));
    desk.orders.faults.clear();
    const [lock] = (await locks()).filter(({ id }) => !before.has(id));
    expect(lock.status).toBe('INPROGRESS');
    await desk.orders.seed({ Locks: [{ ...lock, expiration: seconds() - 1 }] });

    expect([crashed.status, (await desk.post(order('stuck'))).status]).toEqual([500, 202]);
    await expectOnce('stuck');
  });
});

test('in the end as much is gone from the stock as was ordered', async () => {
  const completed = (await desk.rows()).filter(({ status }) => status === 'COMPLETED');

  expect(completed.length).toBeGreaterThan(20);
  expect(await desk.books.stock()).toBe(STOCK - 2 * completed.length);
});
