import { machineOf, run, Work } from './running';
import { JsonObject, TaskFailure } from '../../src';

const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };
const map = (state: JsonObject, more: JsonObject = {}, config: JsonObject = {}): JsonObject =>
  machineOf({ Type: 'Map', ItemProcessor: { StartAt: 'Each', States: { Each: { End: true, ...state } }, ...config }, ...more }, { QueryLanguage: 'JSONata' });
const distributed = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };

const failsFor = (...items: number[]): Work => ({ arguments: item }) => {
  if (items.includes(item as number)) {
    throw new TaskFailure(`Bad${item as number}`);
  }
  return `done ${item as number}`;
};

test('each item is one input, and the outputs stand in the order of the items', async () => {
  const ran = await run(map(TASK, { Items: '{% $states.input.list %}' }), { list: [3, 1, 2] }, {
    work: async ({ arguments: item }, clock) => clock.sleep((item as number) * 1000).then(() => -(item as number)),
  });
  expect(ran).toMatchObject({ output: [-3, -1, -2], ms: 3000 });
});

test.each([
  ['all at once', undefined, 1000],
  ['one after the other', 1, 4000],
  ['two at a time', '{% $states.input.two %}', 2000],
])('iterations run %s', async (_how, MaxConcurrency, ms) => {
  const ran = await run(map(TASK, { Items: [1, 2, 3, 4], ...(MaxConcurrency && { MaxConcurrency }) }), { two: 2 }, {
    work: async (_task, clock) => clock.sleep(1000).then(() => null),
  });
  expect(ran).toMatchObject({ status: 'SUCCEEDED', ms });
});

test('an item selector makes the input of an iteration of the item, its index and the input of the state', async () => {
  const ItemSelector = { item: '{% $states.context.Map.Item.Value %}', at: '{% $states.context.Map.Item.Index %}', user: '{% $states.input.user %}' };
  expect(await run(map({ Type: 'Pass' }, { Items: ['a', 'b'], ItemSelector }), { user: 'u' })).toMatchObject({
    output: [{ item: 'a', at: 0, user: 'u' }, { item: 'b', at: 1, user: 'u' }],
  });
});

test('a JSONPath map has ItemsPath, ItemSelector, ResultSelector and ResultPath', async () => {
  const definition = machineOf({
    Type: 'Map',
    InputPath: '$.order',
    ItemsPath: '$.lines',
    ItemSelector: { 'line.$': '$$.Map.Item.Value', 'id.$': '$.id' },
    ItemProcessor: { StartAt: 'Each', States: { Each: { Type: 'Pass', OutputPath: '$.line', End: true } } },
    ResultSelector: { 'all.$': '$[*]' },
    ResultPath: '$.done',
  });
  expect(await run(definition, { order: { id: 1, lines: ['x', 'y'] } })).toMatchObject({
    output: { order: { id: 1, lines: ['x', 'y'] }, done: { all: ['x', 'y'] } },
  });
});

test('without items nothing runs', async () => {
  const { output, types, events } = (await run(map(TASK, { Items: [] }))) as Awaited<ReturnType<typeof run>> & { output: unknown };
  expect(output).toEqual([]);
  expect(types).toEqual(['ExecutionStarted', 'MapStateEntered', 'MapStateStarted', 'MapStateSucceeded', 'MapStateExited', 'ExecutionSucceeded']);
  expect(events.map(({ previousEventId }) => previousEventId)).toEqual([0, 0, 2, 3, 3, 5]);
});

test('what is no array cannot be gone over', async () => {
  expect(await run(map(TASK, { Items: '{% 1 %}' }))).toMatchObject({ error: 'States.QueryEvaluationError' });
  expect(await run(map(TASK), { not: 'an array' })).toMatchObject({ error: 'States.QueryEvaluationError' });
  expect(await run(machineOf({ Type: 'Map', ItemsPath: '$.x', ItemProcessor: { StartAt: 'E', States: { E: { Type: 'Succeed' } } } }), { x: 1 })).toMatchObject({
    error: 'States.Runtime',
  });
});

test('an iteration that fails fails the map and ends the others', async () => {
  const ran = await run(map(TASK, { Items: [1, 2, 3] }), {}, {
    work: async (task, clock) => {
      await clock.sleep(task.arguments === 2 ? 1000 : 60_000, task.signal);
      return failsFor(2)(task, clock);
    },
  });

  expect(ran).toMatchObject({ status: 'FAILED', error: 'Bad2', ms: 1000 });
  expect(ran.types.slice(ran.types.indexOf('TaskFailed'))).toEqual([
    'TaskFailed', 'MapIterationAborted', 'TaskStateAborted', 'MapIterationFailed', 'TaskStateAborted', 'MapIterationAborted', 'TaskStateAborted',
    'MapStateFailed', 'ExecutionFailed',
  ]);
});

test('an item selector that fails, fails the map before the iteration begins', async () => {
  const ran = await run(map({ Type: 'Pass' }, { Items: [1], ItemSelector: '{% $states.input.none %}' }));
  expect(ran.types).toEqual(['ExecutionStarted', 'MapStateEntered', 'MapStateStarted', 'EvaluationFailed', 'MapStateFailed', 'ExecutionFailed']);
});

test.each([
  [{ ToleratedFailureCount: 1 }, ['done 1', 'done 3']],
  [{ ToleratedFailurePercentage: '{% 34 %}' }, ['done 1', 'done 3']],
  [{ ToleratedFailurePercentage: 33 }, undefined],
  [{ ToleratedFailureCount: 0 }, undefined],
  [{ ToleratedFailureCount: 5, ToleratedFailurePercentage: 10 }, undefined],
])('of three iterations one that fails is tolerated by %j: %j', async (tolerance, output) => {
  for (const config of [{}, distributed]) {
    const ran = await run(map(TASK, { Items: [1, 2, 3], MaxConcurrency: 1, ...tolerance }, config), {}, { work: failsFor(2) });
    expect(ran).toMatchObject(output ? { status: 'SUCCEEDED', output } : { status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  }
});

test('a distributed map runs each item as an execution of its own, with its own identity and history', async () => {
  const seen: string[] = [];
  const ran = await run(map(TASK, { Items: [1, 2], Label: 'Each' }, distributed), {}, {
    work: ({ executionArn, arguments: item }) => {
      seen.push(executionArn);
      return item;
    },
  });

  expect(ran).toMatchObject({ output: [1, 2] });
  expect(ran.types).toEqual([
    'ExecutionStarted', 'MapStateEntered', 'MapStateStarted', 'MapRunStarted', 'MapRunSucceeded', 'MapStateSucceeded', 'MapStateExited', 'ExecutionSucceeded',
  ]);
  expect(ran.events.map(({ previousEventId }) => previousEventId)).toEqual([0, 0, 2, 3, 4, 5, 4, 7]);
  expect(seen[0]).toMatch(/^arn:aws:states:us-east-1:111111111111:execution:orders\/Each:[0-9a-f-]{36}$/);
  expect(new Set(seen).size).toBe(2);
});

test('without a tolerance one failed item fails a distributed map', async () => {
  const ran = await run(map(TASK, { Items: [1, 2], MaxConcurrency: 1 }, distributed), {}, { work: failsFor(1) });

  expect(ran).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  expect(ran.types.slice(-3)).toEqual(['MapRunFailed', 'MapStateFailed', 'ExecutionFailed']);
});

test.each<[JsonObject, unknown]>([
  [{ MaxItemsPerBatch: 2 }, [{ Items: [1, 2] }, { Items: [3] }]],
  [{ MaxItemsPerBatch: '{% $states.input.size %}', BatchInput: { user: '{% $states.input.user %}' } }, [{ BatchInput: { user: 'u' }, Items: [1, 2, 3] }]],
  [{ MaxInputBytesPerBatch: 4 }, [{ Items: [1, 2] }, { Items: [3] }]],
])('a distributed map batches its items by %j', async (ItemBatcher, output) => {
  const ran = await run(map({ Type: 'Pass' }, { Items: [1, 2, 3], ItemBatcher }, distributed), { size: 3, user: 'u' });
  expect(ran).toMatchObject({ status: 'SUCCEEDED', output });
});

test('an inline map cannot batch', async () => {
  await expect(async () => run(map({ Type: 'Pass' }, { Items: [1], ItemBatcher: { MaxItemsPerBatch: 2 } }))).rejects.toThrow(
    "state 'Only', field 'ItemBatcher': needs a distributed map",
  );
});
