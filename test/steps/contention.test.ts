import { Duration } from 'aws-cdk-lib';
import { ReserveInventory, ReserveInventoryProps, ValidateOrder } from '../../src';
import { definitionOf } from '../support/state-machine';
import { userFunction, workflowOf } from '../support/workflow';

const reserving = (props: ReserveInventoryProps) => workflowOf(() => [new ValidateOrder(), new ReserveInventory(props)]).workflow;

test.each([
  [Duration.seconds(5), 0], [Duration.minutes(10), 595_000], [Duration.hours(1), 3_595_000],
])('a reservation that waits %s for its turn is tried for longer by the state, and rejected by the function before that time', (contentionTimeout, lastTry) => {
  const { Retry, Arguments } = definitionOf(reserving({ contentionTimeout }).stateMachine).States.ReserveInventory as any;

  const { IntervalSeconds, MaxAttempts, BackoffRate } = Retry.find(({ ErrorEquals }: any) => ErrorEquals.includes('TransactionConflict'));
  expect(BackoffRate).toBe(1);
  expect(IntervalSeconds * MaxAttempts).toBeGreaterThan(contentionTimeout.toSeconds());
  expect(JSON.stringify(Arguments)).toContain(
    `'busy': {'status': 'BUSY', 'after': $fromMillis($toMillis($states.context.State.EnteredTime) + ${lastTry})}`,
  );
});

test.each([Duration.seconds(4), Duration.minutes(61)])('a contentionTimeout of %s is refused', (contentionTimeout) => {
  expect(() => reserving({ contentionTimeout })).toThrow(/contentionTimeout of ReserveInventory is .*: give 5 seconds to an hour/);
});

test('a reservation of a team is refused what is for the products table', () => {
  const { stack } = workflowOf(() => [new ValidateOrder()]);
  const handlers = { handler: userFunction(stack, 'Reserve'), releaseHandler: userFunction(stack, 'Release') };
  expect(() => new ReserveInventory({ ...handlers, busyStatus: 'CROWDED' })).toThrow('ReserveInventory has a handler and a busyStatus');
  expect(() => new ReserveInventory({ ...handlers, contentionTimeout: Duration.minutes(1) })).toThrow('a contentionTimeout');
});
