import { templatesOf } from '../../examples/synth';
import { statesOf } from '../../examples/template-text';

const text = statesOf(templatesOf('minimal-saga').get('MinimalSaga')!);
const [saga, recovery] = text.split(/^(?=Orders\w+StateMachine\w+$)/m);

test('each machine is named, and only that of orders has the way of an order that every step accepts', () => {
  expect(saga).toMatch(/^OrdersSaga\w+\n\nAn order that every step accepts \(\d+ transitions\)\n  ValidateOrder /);
  expect(saga).toContain('\nOtherwise\n');
  expect(recovery).toMatch(/^OrdersRecovery\w+\n\nRecovery: how an order that was left open is taken over\n  Claim order /);
  expect(recovery).not.toContain('accepts');
});
