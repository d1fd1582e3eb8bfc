import { machineOf, run } from './running';
import { Json, JsonObject } from '../../src';

const input = { order: { id: 'o-1', items: [1, 2] }, user: 'u' };

test.each<[string, JsonObject, Json]>([
  ['without fields', {}, input],
  ['InputPath', { InputPath: '$.order' }, { id: 'o-1', items: [1, 2] }],
  ['InputPath of null', { InputPath: null }, {}],
  ['OutputPath', { OutputPath: '$.order.id' }, 'o-1'],
  ['OutputPath of null', { OutputPath: null }, {}],
  ['Parameters', { Parameters: { 'id.$': '$.order.id', 'deep': { list: [{ 'user.$': '$.user' }] }, 'plain': '$.user' } }, { id: 'o-1', deep: { list: [{ user: 'u' }] }, plain: '$.user' }],
  ['Result, verbatim', { Result: { 'x.$': '$.y' } }, { 'x.$': '$.y' }],
  ['Result of null', { Result: null }, null],
  ['ResultPath', { Result: 1, ResultPath: '$.order.total' }, { ...input, order: { ...input.order, total: 1 } }],
  ['ResultPath of new places', { Result: 1, ResultPath: '$.a.b' }, { ...input, a: { b: 1 } }],
  ['ResultPath into an array', { Result: 9, ResultPath: '$.order.items[1]' }, { ...input, order: { ...input.order, items: [1, 9] } }],
  ['ResultPath of null', { Result: 1, ResultPath: null }, input],
  ['ResultPath on the raw input', { InputPath: '$.order', Parameters: { 'n.$': '$.id' }, ResultPath: '$.r' }, { ...input, r: { n: 'o-1' } }],
  ['all of them', { InputPath: '$.order', Parameters: { 'n.$': '$.id' }, ResultPath: '$.r', OutputPath: '$.r.n' }, 'o-1'],
])('a Pass state with %s', async (_fields, fields, output) => {
  expect(await run(machineOf({ Type: 'Pass', ...fields }), input)).toMatchObject({ status: 'SUCCEEDED', output });
});

test("a task's result goes through ResultSelector, ResultPath and OutputPath", async () => {
  const definition = machineOf({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { 'for.$': '$.user' },
    ResultSelector: { 'answer.$': '$.Payload.answer', 'name.$': '$$.State.Name' },
    ResultPath: '$.task',
    OutputPath: '$.task',
  });
  expect(await run(definition, input, { work: ({ arguments: args }) => ({ Payload: { answer: args } }) })).toMatchObject({
    output: { answer: { for: 'u' }, name: 'Only' },
  });
});

test('a result that cannot be placed fails with an error of its own, which can be caught', async () => {
  const definition: JsonObject = {
    StartAt: 'Try',
    States: {
      Try: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        ResultPath: '$.user.deep',
        Catch: [{ ErrorEquals: ['States.ResultPathMatchFailure'], ResultPath: '$.problem', Next: 'Caught' }],
        End: true,
      },
      Caught: { Type: 'Succeed', OutputPath: '$.problem.Error' },
    },
  };
  expect(await run(definition, input, { work: () => 1 })).toMatchObject({ output: 'States.ResultPathMatchFailure' });
});

test('paths and intrinsic functions give the error and the cause of a Fail state', async () => {
  const definition = machineOf({ Type: 'Fail', ErrorPath: '$.user', CausePath: "States.Format('order {}', $.order.id)" });
  expect(await run(definition, input)).toMatchObject({ status: 'FAILED', error: 'u', cause: 'order o-1' });
});
