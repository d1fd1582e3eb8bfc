import { machineOf, run } from './running';
import { JsonObject } from '../../src';

const jsonata = (states: JsonObject): JsonObject => ({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states });

test('a variable is read by all later states', async () => {
  const ran = await run(jsonata({
    Set: { Type: 'Pass', Assign: { order: { id: '{% $states.input.id %}', n: 1 } }, Output: null, Next: 'Use' },
    Use: { Type: 'Succeed', Output: '{% $order.id & $string($order.n) %}' },
  }), { id: 'o' });
  expect(ran).toMatchObject({ output: 'o1' });
});

test('Output and Assign of a state both see the variables as they were', async () => {
  const ran = await run(jsonata({
    One: { Type: 'Pass', Assign: { n: 1 }, Next: 'Two' },
    Two: { Type: 'Pass', Assign: { n: '{% $n + 1 %}', m: '{% $n %}' }, Output: '{% $n %}', Next: 'Show' },
    Show: { Type: 'Succeed', Output: '{% [$states.input, $n, $m] %}' },
  }));
  expect(ran).toMatchObject({ output: [1, 2, 1] });
});

test('JSONPath states assign from their result and read by $name', async () => {
  const definition: JsonObject = {
    StartAt: 'Task',
    States: {
      Task: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', ResultSelector: { 'n.$': '$.deep' }, Assign: { 'n.$': '$.n', 'call.$': "States.Format('n{}', $.n)", 'fixed': '$.n' }, ResultPath: null, Next: 'Use' },
      Use: { Type: 'Pass', Parameters: { 'n.$': '$n', 'call.$': '$call', 'fixed.$': '$fixed', 'sum.$': 'States.MathAdd($n, 1)' }, End: true },
    },
  };
  expect(await run(definition, {}, { work: () => ({ deep: 4 }) })).toMatchObject({ output: { n: 4, call: 'n4', fixed: '$.n', sum: 5 } });
});

test('both query languages share the variables', async () => {
  const definition: JsonObject = {
    StartAt: 'Path',
    States: {
      Path: { Type: 'Pass', Assign: { saga: { 'id.$': '$.id' } }, Next: 'Ata' },
      Ata: { Type: 'Pass', QueryLanguage: 'JSONata', Assign: { saga: '{% $merge([$saga, {"seen": true}]) %}' }, Next: 'Show' },
      Show: { Type: 'Pass', Parameters: { 'saga.$': '$saga' }, End: true },
    },
  };
  expect(await run(definition, { id: 1 })).toMatchObject({ output: { saga: { id: 1, seen: true } } });
});

test.each<[string, JsonObject]>([
  ['Wait', { Type: 'Wait', Seconds: 1, Next: 'Show' }],
  ['Choice', { Type: 'Choice', Choices: [{ Condition: true, Next: 'Show', Assign: { v: 'set' } }] }],
  ['Task', { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Next: 'Show' }],
  ['Parallel', { Type: 'Parallel', Branches: [{ StartAt: 'P', States: { P: { Type: 'Succeed' } } }], Next: 'Show' }],
  ['Map', { Type: 'Map', Items: [], ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Succeed' } } }, Next: 'Show' }],
])('a %s state assigns', async (_type, state) => {
  const ran = await run(jsonata({ Set: { Assign: { v: 'set' }, ...state }, Show: { Type: 'Succeed', Output: '{% $v %}' } }), {}, { work: () => 1 });
  expect(ran).toMatchObject({ output: 'set' });
});

test('inner workflows read the outer variables and keep their own to themselves', async () => {
  const inner = { StartAt: 'In', States: { In: { Type: 'Pass', Assign: { mine: '{% $outer & $states.input %}' }, Next: 'Out' }, Out: { Type: 'Succeed', Output: '{% $mine %}' } } };
  const definition = (last: string) => jsonata({
    Set: { Type: 'Pass', Assign: { outer: 'o' }, Next: 'Each' },
    Each: { Type: 'Map', Items: ['1', '2'], ItemProcessor: inner, Next: 'Show' },
    Show: { Type: 'Succeed', Output: last },
  });
  expect(await run(definition('{% $states.input %}'))).toMatchObject({ output: ['o1', 'o2'] });
  expect(await run(definition('{% $mine %}'))).toMatchObject({ error: 'States.QueryEvaluationError' });
});

test('a distributed map does not see the variables around it', async () => {
  const ran = await run(jsonata({
    Set: { Type: 'Pass', Assign: { outer: 'o' }, Next: 'Each' },
    Each: { Type: 'Map', Items: [1], ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, StartAt: 'P', States: { P: { Type: 'Pass', Output: '{% $exists($outer) %}', End: true } } }, End: true },
  }));
  expect(ran).toMatchObject({ output: [false] });
});

test('the history shows what was assigned', async () => {
  const { events } = await run(machineOf({ Type: 'Pass', Assign: { a: { b: 1 } } }));
  expect(events[2].stateExitedEventDetails).toMatchObject({ assignedVariables: { a: '{"b":1}' } });
});
