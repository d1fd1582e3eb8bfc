import { Definition } from '../../examples/definition';
import { mermaidOf } from '../../examples/mermaid';

const status = (condition: string) => `{% $states.input.status ${condition} %}`;

/** A machine of one step that can be undone, and a closing step for orders that have an address. */
const machine: Definition = {
  StartAt: 'Pay',
  States: {
    'Pay': { Type: 'Task', Next: 'Record Pay', Catch: [{ Next: 'Look up order' }] },
    'Record Pay': { Type: 'Task', Next: 'Pay accepted?', Catch: [{ Next: 'Look up order' }] },
    'Pay accepted?': {
      Type: 'Choice',
      Choices: [
        { Condition: status("= 'PAID' and $not($exists($states.input.cancelRequestedAt))"), Next: 'Complete order' },
        { Condition: status("in ['DECLINED', 'LATE', 'CANCELLED']"), Next: 'Order rejected' },
        { Condition: status("= 'DUPLICATE'"), Next: 'Duplicate order' },
      ],
      Default: 'Look up order',
    },
    'Complete order': { Type: 'Task', Next: 'Mail needed?', Catch: [{ Next: 'Look up order' }] },
    'Mail needed?': { Type: 'Choice', Choices: [{ Condition: '{% $exists($states.input.email) %}', Next: 'Mail' }], Default: 'Order completed' },
    'Mail': { Type: 'Task', Catch: [{ Next: 'Publish failed Mail' }] },
    'Publish failed Mail': { Type: 'Task', Next: 'Order completed' },
    'Order completed': { Type: 'Succeed' },
    'Look up order': { Type: 'Task', Next: 'Where to undo from?' },
    'Where to undo from?': { Type: 'Choice', Choices: [{ Next: 'Publish failure' }, { Next: 'Undo Pay' }], Default: 'Finish undo' },
    'Publish failure': { Type: 'Task', Next: 'Where to undo from?' },
    'Undo Pay': { Type: 'Task', Next: 'Record undo of Pay', Catch: [{ Next: 'Finish undo' }] },
    'Record undo of Pay': { Type: 'Task', Next: 'Finish undo' },
    'Finish undo': { Type: 'Task', Next: 'All undone?', Catch: [{ Next: 'Look up order' }, { Next: 'Order left open' }] },
    'All undone?': {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $exists($saga.failure) %}', Next: 'Order failed' },
        { Condition: '{% $exists($saga.repaired) %}', Next: 'Publish repaired order' },
        { Condition: '{% $exists($saga.attention) %}', Next: 'Publish failed compensation' },
      ],
      Default: 'Order rejected',
    },
    'Publish repaired order': { Type: 'Task', Next: 'Close repaired order' },
    'Close repaired order': { Type: 'Task', Next: 'Order rejected' },
    'Order failed': { Type: 'Fail' },
    'Order left open': { Type: 'Fail' },
    'Publish failed compensation': { Type: 'Task', Next: 'Where to undo from?' },
    'Order rejected': { Type: 'Succeed' },
    'Duplicate order': { Type: 'Succeed' },
  },
};

const lines = mermaidOf(machine).split('\n').map((line) => line.trim());
const arrows = lines.filter((line) => line.includes('>'));

test('a step leads on by the statuses that the order can have, whatever records and branches on them', () => {
  expect(arrows.filter((arrow) => arrow.startsWith('Pay '))).toEqual(['Pay -- PAID --> Complete_order', 'Pay -- DECLINED, LATE --> Order_rejected']);
});

test('a question is a diamond with a yes and a no, and an end is round', () => {
  expect(lines).toEqual(expect.arrayContaining(['Mail_needed_{"Mail needed?"}', 'Order_rejected(["Order rejected"])', 'Pay["Pay"]']));
  expect(arrows).toEqual(expect.arrayContaining(['Mail_needed_ -- yes --> Mail', 'Mail_needed_ -- no --> Order_completed', 'Mail --> Order_completed']));
});

test('the failure of a step is one dotted arrow from all of them, and what leads away from a closing step is another', () => {
  expect(arrows.filter((arrow) => arrow.includes('-.') && !arrow.startsWith('Finish_undo')))
    .toEqual(['Mail -. fails .-> Publish_failed_Mail', 'steps -. a step fails .-> Publish_failure']);
  expect(arrows).toEqual(expect.arrayContaining(['Publish_failure --> undo', 'Undo_Pay --> Finish_undo']));
});

test('what leads away from the end of the undo says when', () => {
  expect(arrows.filter((arrow) => arrow.startsWith('Finish_undo '))).toEqual([
    'Finish_undo -- a step failed --> Order_failed',
    'Finish_undo -- something is not undone --> Publish_failed_compensation',
    'Finish_undo -- rejected or cancelled --> Order_rejected',
    'Finish_undo -. cannot be written .-> Order_left_open',
  ]);
});

test('where no step can be undone there is no box of what undoes', () => {
  const { 'Undo Pay': _undo, 'Record undo of Pay': _record, ...States } = machine.States;
  const graph = mermaidOf({ ...machine, States });

  expect(graph).not.toContain('undo what was done');
  expect(graph).toContain('Publish_failure --> Finish_undo');
  expect(graph).toContain('Finish_undo["Finish undo"]');
});

test('the look-up of an order is left out, and an order that is stuck waits for an operator', () => {
  expect(lines.join()).not.toMatch(/Record|accepted|Look_up|Where_to|Duplicate|All_undone|repaired/);
  expect(lines).toContain('Publish_failed_compensation(["Order needs attention"])');
});
