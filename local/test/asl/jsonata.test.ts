import { machineOf, run } from './running';
import { Json, JsonObject } from '../../src';

const machine = (state: JsonObject) => machineOf({ Type: 'Pass', ...state }, { QueryLanguage: 'JSONata' });
const evaluate = (expression: string, input: Json = {}, seed?: number) => run(machine({ Output: `{% ${expression} %}` }), input, { seed });

test.each<[string, Json]>([
  ['$partition([1..5], 2)', [[1, 2], [3, 4], [5]]],
  ['$range(1, 10, 3)', [1, 4, 7, 10]],
  ['$range(3, 1, -1)', [3, 2, 1]],
  ['$range(1, 9, 9)', 1],
  ['[$range(1, 9, 9)]', [1]],
  ['$range(1.9, 4.9, 1)', [1, 2, 3, 4]],
  ["$hash('abc', 'SHA-256')", 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ["$parse('{\"a\": [1]}')", { a: [1] }],
  ['$now()', '2026-01-01T00:00:00.000Z'],
  ["$now('[Y0001]')", '2026'],
  ['$millis()', Date.UTC(2026, 0, 1)],
  ['$random(5) = $random(5)', true],
  ['$random() < 1', true],
  ['$match($uuid(), /^[0-9a-f-]{36}$/) ~> $exists()', true],
  ['$sum($map([1, 2], function($v) { $v * 2 }))', 6],
  ['($double := function($n) { $n * 2 }; $double(4))', 8],
  ['$sort($shuffle([3, 1, 2]))', [1, 2, 3]],
  ["$map(['[1]', '[2]'], $parse)", [[1], [2]]],
  ['$map([1, 2], $uuid) ~> $distinct() ~> $count()', 2],
  ['{"a": [{"b": 1, "c": 2}]}.a.b.(%.c)', 2],
  ["'{\"a\":1}' ~> $parse", { a: 1 }],
])('%s is %j', async (expression, result) => {
  expect(await evaluate(expression)).toMatchObject({ output: result });
});

test('an array of one that an expression yields by selecting is its element, an array that it writes is not', async () => {
  const input = { items: [{ n: 1 }] };
  expect(await evaluate('$states.input.items.n', input)).toMatchObject({ output: 1 });
  expect(await evaluate('[$states.input.items.n]', input)).toMatchObject({ output: [1] });
});

test('results are plain JSON, without anything hidden', async () => {
  const ran = await evaluate('{"list": $states.input.items[n > 0], "none": $states.input.nothing, "made": [1, 2]}', { items: [{ n: 1 }, { n: 2 }] });
  const { output } = ran as unknown as { output: { list: Json[]; made: Json[] } };

  expect(output).toEqual({ list: [{ n: 1 }, { n: 2 }], made: [1, 2] });
  expect(Object.getOwnPropertyNames(output.list)).toEqual(['0', '1', 'length']);
  expect(Object.getOwnPropertyNames(output.made)).toEqual(['0', '1', 'length']);
});

test('an expression does not change the input that it reads', async () => {
  const input = { items: [3, 1, 2], order: { id: 1 } };
  await evaluate('($sort($states.input.items); $states.input.order ~> |$|{"id": 2}|; $append($states.input.items, 4))', input);

  expect(input).toEqual({ items: [3, 1, 2], order: { id: 1 } });
});

test.each([
  ['$states.input.none', 'returned nothing (undefined).'],
  ['function($x) { $x }', 'returned an unsupported result type.'],
  ["$number('x')", 'threw an error during evaluation.'],
  ["$error('mine')", 'mine'],
  ["$hash('a', 'CRC')", "unknown hash algorithm 'CRC'"],
  ['$range(1, 2, 0)', 'the step of a range cannot be 0'],
  ['$partition([1], 0)', 'positive whole number'],
])('%s fails the evaluation: %s', async (expression, problem) => {
  const ran = await evaluate(expression);

  expect(ran).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError', cause: expect.stringContaining(problem) });
  expect(ran.types).toEqual(['ExecutionStarted', 'PassStateEntered', 'EvaluationFailed', 'ExecutionFailed']);
  expect(ran.events[2].evaluationFailedEventDetails).toMatchObject({ error: 'States.QueryEvaluationError', location: 'Output', state: 'Only' });
});

test('the location of a failed expression is its path', async () => {
  const ran = await run(machine({ Output: { a: [1, { b: '{% $states.input.none %}' }] } }));
  expect(ran.events[2].evaluationFailedEventDetails).toMatchObject({ location: 'Output/a[1]/b' });
});

test('text without the delimiters is text', async () => {
  expect(await run(machine({ Output: { a: '$states.input', b: ' {% 1 %}', c: '{% 1 + 1 %}' } }))).toMatchObject({
    output: { a: '$states.input', b: ' {% 1 %}', c: 2 },
  });
});

test('an expression can go over several lines', async () => {
  expect(await evaluate('(\n  $a := 1;\n  $a + 1\n)')).toMatchObject({ output: 2 });
});

test('one expression, evaluated many times at once, keeps its evaluations apart', async () => {
  const definition: JsonObject = {
    QueryLanguage: 'JSONata',
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        Items: '{% [1..200] %}',
        ItemProcessor: {
          StartAt: 'Work',
          States: { Work: { Type: 'Pass', Output: '{% ($twice := function($n) { $n * 2 }; [$twice($states.input), $states.context.Map.Item.Index]) %}', End: true } },
        },
        End: true,
      },
    },
  };
  expect(await run(definition)).toMatchObject({ output: Array.from({ length: 200 }, (_, i) => [(i + 1) * 2, i]) });
});

test('random values come from outside: the same seed gives the same values', async () => {
  const values = async (seed: number) => (await evaluate('[$random(), $uuid(), $shuffle([1..9])]', {}, seed)) as { output: Json };

  expect((await values(3)).output).toEqual((await values(3)).output);
  expect((await values(3)).output).not.toEqual((await values(4)).output);
});
