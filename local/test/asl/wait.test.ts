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
