import { reportOutcome } from '../../src/cli/outcome-report';
import { paintFor } from '../../src/cli/paint';

const wanted = { orderId: 'order-1', order: {}, expect: 'REFUNDED' };
const outcome = { orderId: 'order-1', status: 'NEEDS_ATTENTION', reason: 'could not undo Reserve', path: [] };

test.each([
  ['RUNNING', 'is on hold in NEEDS_ATTENTION'],
  ['SUCCEEDED', 'ended NEEDS_ATTENTION'],
] as const)('an order whose execution is %s %s', (execution, what) => {
  const [line] = reportOutcome(wanted, { ...outcome, execution }, paintFor(false));

  expect(line).toBe(`✗ order-1 ${what}, but REFUNDED was expected (could not undo Reserve)`);
});
