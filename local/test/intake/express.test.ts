import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { IntakeFixture, LEASE_MS } from './intake-fixture';
import { QueueIntake } from '../../../src';
import { order, STOCK } from '../saga/saga-fixture';

let intake: IntakeFixture;
beforeAll(async () => {
  intake = await IntakeFixture.open({ intakes: () => [new QueueIntake()], workflow: () => ({ stateMachineType: StateMachineType.EXPRESS }) });
});
afterEach(() => intake.orders.faults.clear());
afterAll(() => intake.close());

test('without a table of locks, the same order many times at once is one order', async () => {
  const [replies] = await Promise.all([
    Promise.all(Array.from({ length: 30 }, () => intake.post(order('same')))),
    Promise.all(Array.from({ length: 10 }, () => intake.send(order('same')))),
  ]);
  await intake.settle();
  const outcome = await intake.orders.outcome('same');

  expect(() => intake.resource('AWS::DynamoDB::Table', /Locks/)).toThrow(/there is no/);
  expect(replies.map(({ status, body }) => `${status} ${body.orderId}`)).toEqual(Array(30).fill('202 same'));
  expect((await intake.rows()).map(({ orderId, status }) => [orderId, status])).toEqual([['same', 'COMPLETED']]);
  expect(intake.times('lambda', 'Invoke', /Charge/, 'same:ProcessPayment')).toBe(1);
  expect(await intake.balances.faultsOf({ ...outcome, status: 'COMPLETED' }, STOCK)).toEqual([]);
  expect((await intake.post(order('same', 'ann', 1))).status).toBe(409);
});

test('an order whose intake was interrupted before it started is started when it is sent again', async () => {
  intake.orders.faults.call('states', { caller: 'IntakesHttp' }).failsBeforeEffect('AccessDeniedException');
  const interrupted = await intake.post(order('left'));
  await intake.orders.clock.advance(LEASE_MS);
  const again = await intake.post(order('left'));

  expect([interrupted.status, again.status]).toEqual([202, 202]);
  expect((await intake.orders.outcome('left')).status).toBe('COMPLETED');
});
