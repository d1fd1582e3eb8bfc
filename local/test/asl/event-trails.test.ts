import { machineOf, Ran, run } from './running';
import { JsonObject } from '../../src';

/** Which event each event follows, as recorded from AWS since November 2024: localstack/localstack, tests/aws/services/stepfunctions/v2/scenarios. */
const trail = ({ events }: Ran) => events.map(({ id, previousEventId, type }) => `${previousEventId} < ${id} ${type}`);
const jsonata = (state: JsonObject) => machineOf(state, { QueryLanguage: 'JSONata' });
const EACH = { StartAt: 'Each', States: { Each: { Type: 'Pass', End: true } } };

test('an iteration follows the last state of the one before, not its end', async () => {
  expect(trail(await run(jsonata({ Type: 'Map', Items: [1, 2], MaxConcurrency: 1, ItemProcessor: EACH }))).slice(3)).toEqual([
    '3 < 4 MapIterationStarted', '4 < 5 PassStateEntered', '5 < 6 PassStateExited', '6 < 7 MapIterationSucceeded',
    '6 < 8 MapIterationStarted', '8 < 9 PassStateEntered', '9 < 10 PassStateExited', '10 < 11 MapIterationSucceeded',
    '11 < 12 MapStateSucceeded', '11 < 13 MapStateExited', '13 < 14 ExecutionSucceeded',
  ]);
});

test('what is left after a distributed map follows the start of its run', async () => {
  const ItemProcessor = { ...EACH, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
  expect(trail(await run(jsonata({ Type: 'Map', Items: [1], ItemProcessor }))).slice(3)).toEqual([
    '3 < 4 MapRunStarted', '4 < 5 MapRunSucceeded', '5 < 6 MapStateSucceeded', '4 < 7 MapStateExited', '7 < 8 ExecutionSucceeded',
  ]);
});

test('an expression that fails follows what came before its state', async () => {
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'First',
    States: { First: { Type: 'Pass', Next: 'Second' }, Second: { Type: 'Pass', Output: '{% $states.input.none %}', End: true } },
  };
  expect(trail(await run(definition)).slice(2)).toEqual(['2 < 3 PassStateExited', '3 < 4 PassStateEntered', '3 < 5 EvaluationFailed', '5 < 6 ExecutionFailed']);
});

test('a value that the field cannot take follows the state', async () => {
  expect(trail(await run(jsonata({ Type: 'Wait', Timestamp: "{% 'soon' %}" }))).slice(1)).toEqual([
    '0 < 2 WaitStateEntered', '2 < 3 EvaluationFailed', '3 < 4 ExecutionFailed',
  ]);
});
