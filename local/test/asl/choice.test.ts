import { machineOf, run } from './running';
import { Json, JsonObject } from '../../src';

function choosing(rule: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    StartAt: 'Choose',
    States: {
      Choose: { Type: 'Choice', Choices: [{ ...rule, Next: 'Taken' }], Default: 'Passed', ...more },
      Taken: { Type: 'Pass', Result: true, End: true },
      Passed: { Type: 'Pass', Result: false, End: true },
    },
  };
}

const early = '2026-01-01T00:00:00Z';
const late = '2026-01-01T02:00:00+01:00';

test.each<[string, Json, Json, boolean]>([
  ['StringEquals', 'a', 'a', true],
  ['StringEquals', 'a', 1, false],
  ['StringLessThan', 'b', 'a', true],
  ['StringGreaterThan', 'b', 'a', false],
  ['StringLessThanEquals', 'a', 'a', true],
  ['StringGreaterThanEquals', 'a', 'b', true],
  ['StringMatches', 'log-*.txt', 'log-2026.txt', true],
  ['StringMatches', 'log-*.txt', 'log-2026.txt.gz', false],
  ['StringMatches', 'a.c', 'abc', false],
  ['StringMatches', '\\*x', '*x', true],
  ['StringMatches', '\\*x', 'yx', false],
  ['NumericEquals', 3, 3, true],
  ['NumericEquals', 3, '3', false],
  ['NumericLessThan', 3, 2.5, true],
  ['NumericGreaterThan', 3, 3, false],
  ['NumericLessThanEquals', 3, 3, true],
  ['NumericGreaterThanEquals', 3, 2, false],
  ['BooleanEquals', true, true, true],
  ['BooleanEquals', true, 'true', false],
  ['TimestampEquals', '2026-01-01T01:00:00Z', late, true],
  ['TimestampLessThan', late, early, true],
  ['TimestampGreaterThan', late, early, false],
  ['TimestampLessThanEquals', early, early, true],
  ['TimestampGreaterThanEquals', early, late, true],
  ['TimestampEquals', early, 'yesterday', false],
  ['IsNull', true, null, true],
  ['IsNull', false, null, false],
  ['IsString', true, 'x', true],
  ['IsNumeric', true, 1, true],
  ['IsNumeric', true, '1', false],
  ['IsBoolean', true, false, true],
  ['IsTimestamp', true, early, true],
  ['IsTimestamp', true, '2026-01-01', false],
  ['IsPresent', true, null, true],
])('%s %j over %j is %s', async (operator, expected, value, matches) => {
  expect(await run(choosing({ Variable: '$.v', [operator]: expected }), { v: value })).toMatchObject({ output: matches });
});

test.each(['StringEquals', 'NumericEquals', 'BooleanEquals', 'TimestampEquals', 'NumericLessThanEquals'])(
  '%sPath compares with the value that its path leads to',
  async (operator) => {
    const value = operator.startsWith('Numeric') ? 1 : operator.startsWith('Boolean') ? true : early;
    expect(await run(choosing({ Variable: '$.a', [`${operator}Path`]: '$.b' }), { a: value, b: value })).toMatchObject({ output: true });
  },
);

test.each<[string, JsonObject, boolean]>([
  ['And', { And: [{ Variable: '$.a', NumericEquals: 1 }, { Variable: '$.b', NumericEquals: 2 }] }, true],
  ['And', { And: [{ Variable: '$.a', NumericEquals: 1 }, { Variable: '$.b', NumericEquals: 3 }] }, false],
  ['Or', { Or: [{ Variable: '$.a', NumericEquals: 9 }, { Variable: '$.b', NumericEquals: 2 }] }, true],
  ['Not', { Not: { Variable: '$.a', NumericEquals: 9 } }, true],
  ['guarded And', { And: [{ Variable: '$.none', IsPresent: true }, { Variable: '$.none', NumericEquals: 1 }] }, false],
])('%s combines rules', async (_name, rule, matches) => {
  expect(await run(choosing(rule), { a: 1, b: 2 })).toMatchObject({ output: matches });
});

test('a path that leads nowhere fails the execution, unless IsPresent tests it', async () => {
  expect(await run(choosing({ Variable: '$.v', IsPresent: false }))).toMatchObject({ output: true });
  expect(await run(choosing({ Variable: '$.v', StringEquals: 'x' }))).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
});

test('without a matching rule and a default the execution fails', async () => {
  const definition = { StartAt: 'C', States: { C: { Type: 'Choice', Choices: [{ Variable: '$.v', NumericEquals: 1, Next: 'D' }] }, D: { Type: 'Succeed' } } };
  expect(await run(definition, { v: 2 })).toMatchObject({
    error: 'States.Runtime',
    cause:
      "An error occurred while executing the state 'C' (entered at the event id #2). " +
      'Failed to transition out of the state. The state does not point to a next state.',
  });
});

test('a JSONata rule has its own output and variables; the state has those of the default', async () => {
  const definition = (amount: number): JsonObject => ({
    QueryLanguage: 'JSONata',
    StartAt: 'Choose',
    States: {
      Choose: {
        Type: 'Choice',
        Choices: [{ Condition: `{% $states.input.amount > ${amount} %}`, Next: 'End', Output: 'large', Assign: { size: 'L' } }],
        Default: 'End',
        Output: 'small',
        Assign: { size: 'S' },
      },
      End: { Type: 'Succeed', Output: '{% [$states.input, $size] %}' },
    },
  });
  expect(await run(definition(5), { amount: 9 })).toMatchObject({ output: ['large', 'L'] });
  expect(await run(definition(50), { amount: 9 })).toMatchObject({ output: ['small', 'S'] });
});

test('a condition must be true or false', async () => {
  const definition = machineOf({ Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'Only' }] }, { QueryLanguage: 'JSONata' });
  const { End: _end, ...choice } = (definition.States as { Only: JsonObject }).Only;
  expect(await run({ ...definition, States: { Only: choice } })).toMatchObject({
    error: 'States.QueryEvaluationError',
    cause: expect.stringContaining("for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1"),
  });
});
