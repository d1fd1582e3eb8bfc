import { machineOf, run } from './running';
import { JsonObject } from '../../src';

const path = (fields: JsonObject) => machineOf({ Type: 'Wait', ...fields });
const jsonata = (fields: JsonObject) => machineOf({ Type: 'Wait', ...fields }, { QueryLanguage: 'JSONata' });

test.each<[JsonObject, number]>([
  [path({ Seconds: 30 }), 30],
  [path({ Seconds: 86_400 * 400 }), 86_400 * 400],
  [path({ SecondsPath: '$.seconds' }), 7],
  [path({ Timestamp: '2026-01-01T00:01:00Z' }), 60],
  [path({ Timestamp: '2026-01-01T02:01:00+02:00' }), 60],
  [path({ TimestampPath: '$.at' }), 90],
  [path({ Timestamp: '2020-01-01T00:00:00Z' }), 0],
  [jsonata({ Seconds: '{% $states.input.seconds * 2 %}' }), 14],
  [jsonata({ Timestamp: '{% $states.input.at %}' }), 90],
])('%j waits %d s', async (definition, seconds) => {
  const ran = await run(definition, { seconds: 7, at: '2026-01-01T00:01:30.000Z' });
  expect(ran).toMatchObject({ status: 'SUCCEEDED', ms: seconds * 1000 });
});

test.each<[JsonObject, string]>([
  [path({ SecondsPath: '$.text' }), 'States.Runtime'],
  [path({ SecondsPath: '$.negative' }), 'States.Runtime'],
  [path({ TimestampPath: '$.text' }), 'States.Runtime'],
  [jsonata({ Seconds: '{% $states.input.negative %}' }), 'States.QueryEvaluationError'],
  [jsonata({ Seconds: '{% 1.5 %}' }), 'States.QueryEvaluationError'],
  [jsonata({ Seconds: "{% '1' %}" }), 'States.QueryEvaluationError'],
  [jsonata({ Timestamp: '{% $states.input.text %}' }), 'States.QueryEvaluationError'],
])('%j fails with %s', async (definition, error) => {
  expect(await run(definition, { text: 'soon', negative: -1 })).toMatchObject({ status: 'FAILED', error });
});

/** The texts are those of AWS, as recorded: localstack/localstack, tests/aws/services/stepfunctions/v2/base/test_wait.snapshot.json and v2/logs. */
test.each<[JsonObject, string]>([
  [path({ SecondsPath: '$.none' }), 'The SecondsPath parameter does not reference an input value: $.none'],
  [path({ SecondsPath: '$.part' }), 'The SecondsPath parameter cannot be parsed as a long value: $.part == 1.5'],
  [path({ SecondsPath: '$.text' }), 'The SecondsPath parameter cannot be parsed as a long value: $.text == soon'],
  [path({ SecondsPath: '$.negative' }), 'The SecondsPath parameter references a negative value: $.negative == -1'],
  [path({ SecondsPath: '$.long' }), 'Wait state delay is too long.'],
  [path({ TimestampPath: '$.none' }), 'The TimestampPath parameter does not reference an input value: $.none'],
  [path({ Timestamp: '2099-01-01T00:00:00Z' }), 'Wait state delay is too long.'],
  [jsonata({ Seconds: '{% $states.input.long %}' }), 'Wait state delay is too long.'],
])('%j fails with the text: %s', async (definition, problem) => {
  const ran = await run(definition, { part: 1.5, text: 'soon', negative: -1, long: 100_000_000 });
  const cause = `An error occurred while executing the state 'Only' (entered at the event id #2). ${problem}`;
  expect(ran).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause });
});

test.each([
  ['text of digits', { SecondsPath: '$.digits' }, 8],
  ['the longest time in seconds', { SecondsPath: '$.longest' }, 99_999_999],
  ['a time 68 years ahead', { Timestamp: '2094-01-01T00:00:00Z' }, 2_145_916_800],
])('a wait takes %s', async (_what, fields, seconds) => {
  expect(await run(path(fields), { digits: '8', longest: 99_999_999 })).toMatchObject({ status: 'SUCCEEDED', ms: seconds * 1000 });
});
