import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Desk, LEASE_MS } from './a-desk';
import { QueueIntake } from '../../../src';
import { order, STOCK } from '../saga/a-saga';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open({ intakes: () => [new QueueIntake()], workflow: () => ({ stateMachineType: StateMachineType.EXPRESS }) });
});
afterEach(() => desk.orders.faults.clear());
afterAll(() => desk.close());

test('without a table of locks, the same order many times at once is one order', async () => {
  const [replies] = await Promise.all([
    Promise.all(Array.from({ length: 30 }, () => desk.post(order('same')))),
    Promise.all(Array.from({ length: 10 }, () => desk.send(order('same')))),
  ]);
  await desk.settle();
  const outcome = await desk.orders.outcome('same');

  expect(() => desk.resource('AWS::DynamoDB::Table', /Locks/)).toThrow(/there is no/);
  expect(replies.map(({ status, body }) => `${status} ${body.orderId}`)).toEqual(Array(30).fill('202 same'));
  expect((await desk.rows()).map(({ orderId, status }) => [orderId, status])).toEqual([['same', 'COMPLETED']]);
  expect(desk.times('lambda', 'Invoke', /Charge/, 'same:ProcessPayment')).toBe(1);
  expect(await desk.books.faultsOf({ ...outcome, status: 'COMPLETED' }, STOCK)).toEqual([]);
  expect((await desk.post(order('same', 'ann', 1))).status).toBe(409);
});

test('an order whose intake crashed before it started is started when it is sent again', async () => {
  desk.orders.faults.call('states', { caller: 'HttpIntake' }).failsBeforeEffect('AccessDeniedException');
  const crashed = await desk.post(order('left'));
  await desk.orders.clock.advance(LEASE_MS);
  const again = await desk.post(order('left'));

  expect([crashed.status, again.status]).toEqual([500, 202]);
  expect((await desk.orders.outcome('left')).status).toBe('COMPLETED');
});
