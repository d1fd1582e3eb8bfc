import { IntakeFixture } from './intake-fixture';
import { QueueIntake, WebSocketIntake } from '../../../src';
import { order, STOCK } from '../saga/saga-fixture';

const times = <T>(count: number, each: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => each(index));

let intake: IntakeFixture;
beforeAll(async () => {
  intake = await IntakeFixture.open({ intakes: () => [new WebSocketIntake(), new QueueIntake()] });
});
afterAll(() => intake.close());

test('the same order 50 times at once, by HTTP, queue and WebSocket: one row, one execution, one charge, and every response names it', async () => {
  const clients = await Promise.all(times(10, () => intake.connect()));

  const [replies, answers] = await Promise.all([
    Promise.all(times(30, () => intake.post(order('same')))),
    Promise.all(clients.map((client) => client.submit(order('same')))),
    Promise.all(times(10, () => intake.send(order('same')))),
  ]);
  await intake.settle();
  const outcome = await intake.orders.outcome('same');

  expect(replies.map(({ status, body }) => [status, body.orderId, body.status])).toEqual(times(30, () => [202, 'same', 'RECEIVED']));
  expect(new Set(replies.map(({ body }) => body.watchToken)).size).toBe(1);
  expect(answers).toEqual(times(10, () => expect.objectContaining({ type: 'order.accepted', orderId: 'same', subscribed: true })));
  expect(outcome).toMatchObject({ status: 'COMPLETED', execution: 'SUCCEEDED' });
  expect(intake.executionsOf('same')).toBe(1);
  expect(await intake.rows()).toHaveLength(1);
  expect(intake.times('lambda', 'Invoke', /Charge/, 'same:ProcessPayment')).toBe(1);
  expect(await intake.balances.faultsOf(outcome, STOCK)).toEqual([]);
  expect(intake.cloud.queue(intake.resource('AWS::SQS::Queue', /IntakesQueueDeadLetters/))).toEqual([]);
  await Promise.all(clients.map((client) => client.next(({ type, status }) => type === 'order.status' && status === 'COMPLETED')));
});

test('an order that differs from 10 others under its id is refused, whichever comes first', async () => {
  const replies = await Promise.all(times(20, (index) => intake.post(order('either', 'ann', index % 2 + 1))));

  const taken = replies.filter(({ status }) => status === 202);
  const refused = replies.filter(({ status }) => status === 409);
  expect([taken.length, refused.length]).toEqual([10, 10]);
  expect(refused[0]).toMatchObject({ type: 'application/problem+json', body: { type: 'urn:problem-type:conflict', status: 409 } });
  expect(intake.executionsOf('either')).toBe(1);
});

test('straight after the 202 an order can be read, watched and cancelled: 40 of them, ten at once', async () => {
  const { orders } = intake;
  // Each order stands still before its first effect, until time goes on.
  orders.faults.state('ReserveInventory').always().isThrottled();
  const client = await intake.connect();
  const found: unknown[] = [];

  for (const round of times(4, (index) => index)) {
    found.push(...await Promise.all(times(10, async (index) => {
      const orderId = `at-once-${round}-${index}`;
      const { status: taken, body } = await intake.post(order(orderId));
      const [read, history, seen] = await Promise.all([
        intake.get(orderId), intake.request('GET', `/orders/${orderId}/history`), client.watch(orderId, body.watchToken),
      ]);
      const cancelled = await intake.cancel(orderId);
      return [taken, read.status, history.status, seen, cancelled.status];
    })));
  }
  orders.faults.clear();
  const ended = await Promise.all(times(40, (index) => orders.outcome(`at-once-${Math.floor(index / 10)}-${index % 10}`)));

  expect(found).toEqual(times(40, () => [202, 200, 200, 'order.status', 202]));
  expect(ended.map(({ status }) => status)).toEqual(times(40, () => 'CANCELLED'));
});

test('a client that orders over WebSocket receives every status, and can cancel with the token of the response', async () => {
  const client = await intake.connect();
  intake.orders.faults.state('ProcessPayment').times(1).failsBeforeEffect();
  const { watchToken } = await client.submit(order('by-socket'));

  const other = await intake.connect();
  const refused = await other.request({ action: 'cancelOrder', orderId: 'by-socket' }, 'order.cancelling');
  const cancelled = await client.request({ action: 'cancelOrder', orderId: 'by-socket', watchToken }, 'order.cancelling');
  const outcome = await intake.orders.outcome('by-socket');
  intake.orders.faults.clear();

  expect(refused).toMatchObject({ type: 'error', code: 'not-found' });
  expect(cancelled).toMatchObject({ type: 'order.cancelling', orderId: 'by-socket' });
  expect(outcome.status).toBe('REFUNDED');
  await client.next(({ type, orderId, status }) => type === 'order.status' && orderId === 'by-socket' && status === 'REFUNDED');
});
