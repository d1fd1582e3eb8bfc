import { machineOf, run } from './running';
import { JsonObject } from '../../src';

const DISTRIBUTED = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
const EACH = { StartAt: 'Each', States: { Each: { Type: 'Pass', End: true } } };
const jsonata = (more: JsonObject, config: JsonObject = {}) => machineOf({ Type: 'Map', ItemProcessor: { ...EACH, ...config }, ...more }, { QueryLanguage: 'JSONata' });
const paths = (more: JsonObject, config: JsonObject = {}) => machineOf({ Type: 'Map', ItemProcessor: { ...EACH, ...config }, ...more });

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemspath.html: an iteration gets the pair as its input. */
test.each<[string, JsonObject]>([
  ['Items', jsonata({ Items: '{% $states.input.prices %}' }, DISTRIBUTED)],
  ['Items as they are written', jsonata({ Items: { tea: 3, milk: 1 } }, DISTRIBUTED)],
  ['ItemsPath', paths({ ItemsPath: '$.prices' }, DISTRIBUTED)],
])('a distributed map goes over the pairs of an object: %s', async (_field, definition) => {
  expect(await run(definition, { prices: { tea: 3, milk: 1 } })).toMatchObject({ output: [{ Key: 'tea', Value: 3 }, { Key: 'milk', Value: 1 }] });
});

test('the input of a distributed map can be an object', async () => {
  for (const definition of [jsonata({}, DISTRIBUTED), paths({}, DISTRIBUTED)]) {
    expect(await run(definition, { tea: 3 })).toMatchObject({ output: [{ Key: 'tea', Value: 3 }] });
  }
});

test('an item selector sees the key, the value and the source of an item', async () => {
  const ItemSelector = '{% $states.context.Map.Item %}';
  expect(await run(jsonata({ Items: { tea: 3 }, ItemSelector }, DISTRIBUTED))).toMatchObject({ output: [{ Index: 0, Key: 'tea', Value: 3, Source: 'STATE_DATA' }] });
  expect(await run(paths({ ItemSelector: { 'item.$': '$$.Map.Item' } }), [7])).toMatchObject({ output: [{ item: { Index: 0, Value: 7, Source: 'STATE_DATA' } }] });
});

test('an inline map does not go over an object', async () => {
  expect(await run(jsonata({ Items: '{% $states.input %}' }), { tea: 3 })).toMatchObject({ error: 'States.QueryEvaluationError' });
  expect(await run(paths({}), { tea: 3 })).toMatchObject({ error: 'States.Runtime' });
});

test.each([
  ['an inline map', {}, 3],
  ['a distributed map', DISTRIBUTED, 1],
])('at most 40 iterations run at once: 100 of a second each take %s %s s', async (_what, config, seconds) => {
  const ItemProcessor = { StartAt: 'Each', States: { Each: { Type: 'Wait', Seconds: 1, End: true } }, ...config };
  const ran = await run(machineOf({ Type: 'Map', ItemProcessor, Items: '{% [1..100] %}' }, { QueryLanguage: 'JSONata' }));
  expect(ran).toMatchObject({ status: 'SUCCEEDED', ms: (seconds as number) * 1000 });
});
