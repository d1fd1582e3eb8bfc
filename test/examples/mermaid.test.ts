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
    'Finish undo': { Type: 'Task', Next: 'All undone?' },
    'All undone?': { Type: 'Choice', Choices: [{ Next: 'Publish stuck order' }], Default: 'Order rejected' },
    'Publish stuck order': { Type: 'Task', Next: 'Where to undo from?' },
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
  expect(arrows.filter((arrow) => arrow.includes('-.'))).toEqual(['Mail -. fails .-> Publish_failed_Mail', 'steps -. a step fails .-> Publish_failure']);
  expect(arrows).toEqual(expect.arrayContaining(['Publish_failure --> undo', 'Undo_Pay --> Finish_undo', 'Finish_undo --> Publish_stuck_order']));
});

test('how an execution looks up what stands is left out, and who is stuck waits for a person', () => {
  expect(lines.join()).not.toMatch(/Record|accepted|Look_up|Where_to|Duplicate|All_undone/);
  expect(lines).toContain('Publish_stuck_order(["Order needs attention"])');
});
