import { machineOf } from './running';
import { compileMachine, DefinitionError, Json, JsonObject } from '../../src';

const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };
const PASS = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };

function messageOf(definition: JsonObject | string): string {
  try {
    compileMachine(definition);
  } catch (error) {
    expect(error).toBeInstanceOf(DefinitionError);
    return (error as Error).message;
  }
  throw new Error('the definition was accepted');
}

const jsonata = (state: JsonObject) => machineOf({ QueryLanguage: 'JSONata', ...state });

test.each<[string, JsonObject]>([
  ['InputPath', { Type: 'Pass', InputPath: '$.a' }],
  ['OutputPath', { Type: 'Succeed', OutputPath: '$.a' }],
  ['ResultPath', { Type: 'Pass', ResultPath: '$.a' }],
  ['Result', { Type: 'Pass', Result: 1 }],
  ['Parameters', { ...TASK, Parameters: {} }],
  ['ResultSelector', { ...TASK, ResultSelector: {} }],
  ['TimeoutSecondsPath', { ...TASK, TimeoutSecondsPath: '$.t' }],
  ['HeartbeatSecondsPath', { ...TASK, HeartbeatSecondsPath: '$.t' }],
  ['SecondsPath', { Type: 'Wait', SecondsPath: '$.t' }],
  ['TimestampPath', { Type: 'Wait', TimestampPath: '$.t' }],
  ['ItemsPath', { Type: 'Map', ItemsPath: '$.t', ItemProcessor: PASS }],
  ['MaxConcurrencyPath', { Type: 'Map', MaxConcurrencyPath: '$.t', ItemProcessor: PASS }],
  ['ErrorPath', { Type: 'Fail', ErrorPath: '$.e' }],
  ['CausePath', { Type: 'Fail', CausePath: '$.e' }],
])('%s is refused in a JSONata state', (field, state) => {
  expect(messageOf(jsonata(state))).toContain(`state 'Only', field '${field}': is a JSONPath field in a JSONata state;`);
});

test.each<[string, JsonObject]>([
  ['Arguments', { ...TASK, Arguments: {} }],
  ['Output', { Type: 'Pass', Output: 1 }],
  ['Items', { Type: 'Map', Items: [], ItemProcessor: PASS }],
])('%s is refused in a JSONPath state', (field, state) => {
  expect(messageOf(machineOf(state))).toContain(`state 'Only', field '${field}': is a JSONata field in a JSONPath state;`);
});

test.each<[string, JsonObject]>([
  ["state 'Only', field 'Retry[0]/Retries': unknown field", machineOf({ ...TASK, Retry: [{ ErrorEquals: ['A'], Retries: 1 }] })],
  ["state 'Only', field 'Catch[0]/ResultPath': is a JSONPath field in a JSONata state", jsonata({ ...TASK, Catch: [{ ErrorEquals: ['A'], Next: 'Only', ResultPath: '$' }] })],
  ["state 'Only', field 'Catch[0]/Output': is a JSONata field in a JSONPath state", machineOf({ ...TASK, Catch: [{ ErrorEquals: ['A'], Next: 'Only', Output: 1 }] })],
  ["state 'Only', field 'Resultpath': unknown field", machineOf({ Type: 'Pass', Resultpath: '$' })],
  ["the state machine, field 'Timeout': unknown field", machineOf({ Type: 'Succeed' }, { Timeout: 1 })],
  ["state 'Only', field 'ItemProcessor/QueryLanguage': unknown field", machineOf({ Type: 'Map', ItemProcessor: { ...PASS, QueryLanguage: 'JSONata' } })],
  ["state 'Only', field 'Branches[0]/ProcessorConfig': unknown field", machineOf({ Type: 'Parallel', Branches: [{ ...PASS, ProcessorConfig: {} }] })],
])('a field that is not in the specification is refused: %s', (message, definition) => {
  expect(messageOf(definition)).toContain(message);
});

test.each<[string, JsonObject]>([
  ["state 'Only', field 'Type': 'Job' is no type of state; use one of Pass, Task", machineOf({ Type: 'Job' })],
  ["state 'Only', field 'Type': is missing", { StartAt: 'Only', States: { Only: { End: true } } }],
  ["field 'StartAt': is missing", { States: PASS.States }],
  ["field 'StartAt': there is no state 'Q' in States", { StartAt: 'Q', States: PASS.States }],
  ["field 'States': must have at least one state", { StartAt: 'Q', States: {} }],
  ["state 'Only', field 'Next': there is no state 'Gone'", { StartAt: 'Only', States: { Only: { Type: 'Pass', Next: 'Gone' } } }],
  ["state 'Only', field 'Next': is missing", { StartAt: 'Only', States: { Only: { Type: 'Pass' } } }],
  ["state 'Only', field 'End': cannot stand beside 'Next'", machineOf({ Type: 'Pass', Next: 'Only' })],
  ["state 'Only', field 'Catch[0]/Next': there is no state 'Gone'", machineOf({ ...TASK, Catch: [{ ErrorEquals: ['A'], Next: 'Gone' }] })],
  ["state 'Only', field 'Default': there is no state 'Gone'", { StartAt: 'Only', States: { Only: { Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, Next: 'Only' }], Default: 'Gone' } } }],
  ["state 'In', field 'Next': there is no state 'Only'", machineOf({ Type: 'Parallel', Branches: [{ StartAt: 'In', States: { In: { Type: 'Pass', Next: 'Only' } } }] })],
  ["state 'Only', field 'Resource': is missing", machineOf({ Type: 'Task' })],
  ["field 'Resource': cannot be an expression", jsonata({ Type: 'Task', Resource: '{% $r %}' })],
  ["field 'Retry[0]/ErrorEquals': States.ALL must stand alone", machineOf({ ...TASK, Retry: [{ ErrorEquals: ['States.ALL', 'A'] }] })],
  ["field 'Retry[0]/ErrorEquals': States.ALL must stand alone, in the last rule", machineOf({ ...TASK, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] })],
  ["field 'Retry[0]/BackoffRate': must be from 1", machineOf({ ...TASK, Retry: [{ ErrorEquals: ['A'], BackoffRate: 0.5 }] })],
  ["field 'Retry[0]/MaxDelaySeconds': must be greater than IntervalSeconds", machineOf({ ...TASK, Retry: [{ ErrorEquals: ['A'], IntervalSeconds: 9, MaxDelaySeconds: 3 }] })],
  ["field 'Retry[0]/JitterStrategy': must be FULL or NONE", machineOf({ ...TASK, Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'SOME' }] })],
  ["field 'TimeoutSeconds': It must be from 1", machineOf({ ...TASK, TimeoutSeconds: 0 })],
  ["field 'HeartbeatSeconds': must be smaller than TimeoutSeconds", machineOf({ ...TASK, TimeoutSeconds: 5, HeartbeatSeconds: 5 })],
  ["field 'TimeoutSecondsPath': cannot stand beside 'TimeoutSeconds'", machineOf({ ...TASK, TimeoutSeconds: 5, TimeoutSecondsPath: '$.t' })],
  ["field 'Seconds': is missing", machineOf({ Type: 'Wait' })],
  ["field 'Timestamp': 'tomorrow' is no ISO 8601 time", machineOf({ Type: 'Wait', Timestamp: 'tomorrow' })],
  ["field 'Choices[0]/Condition': must be a JSONata expression", { StartAt: 'C', States: { C: { Type: 'Choice', QueryLanguage: 'JSONata', Choices: [{ Condition: 'x', Next: 'C' }] } } }],
  ["field 'Choices[0]/Variable': is a JSONPath field in a JSONata state", { StartAt: 'C', States: { C: { Type: 'Choice', QueryLanguage: 'JSONata', Choices: [{ Variable: '$.x', IsNull: true, Next: 'C' }] } } }],
  ["field 'Choices[0]/Condition': is a JSONata field in a JSONPath state", { StartAt: 'C', States: { C: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'C' }] } } }],
  ["field 'Choices[0]/NumericSpicier': unknown field", { StartAt: 'C', States: { C: { Type: 'Choice', Choices: [{ Variable: '$.x', NumericSpicier: 1, Next: 'C' }] } } }],
  ["field 'Choices[0]/NumericEquals': must be of type number", { StartAt: 'C', States: { C: { Type: 'Choice', Choices: [{ Variable: '$.x', NumericEquals: '1', Next: 'C' }] } } }],
  ["field 'ItemReader': is not supported by the local cloud", machineOf({ Type: 'Map', ItemReader: {}, ItemProcessor: PASS })],
  ["field 'ResultWriter': is not supported by the local cloud", machineOf({ Type: 'Map', ResultWriter: {}, ItemProcessor: PASS })],
  ["field 'ItemProcessor/ProcessorConfig/Mode': must be INLINE or DISTRIBUTED", machineOf({ Type: 'Map', ItemProcessor: { ...PASS, ProcessorConfig: { Mode: 'X' } } })],
  ["field 'QueryLanguage': must be JSONata or JSONPath", machineOf({ Type: 'Pass', QueryLanguage: 'SQL' })],
  ["state 'Only', field 'QueryLanguage': a JSONata state machine cannot have JSONPath states", machineOf({ Type: 'Pass', QueryLanguage: 'JSONPath' }, { QueryLanguage: 'JSONata' })],
  ["field 'Version': must be '1.0'", machineOf({ Type: 'Pass' }, { Version: '2.0' })],
  ["field 'Assign': 'states' is reserved", machineOf({ Type: 'Pass', Assign: { states: 1 } })],
  ["field 'Assign': 'a b' is no name for a variable", machineOf({ Type: 'Pass', Assign: { 'a b': 1 } })],
])('%s', (message, definition) => {
  expect(messageOf(definition)).toContain(message);
});

test.each<[string, Json, string]>([
  ['an unknown function', '{% $frobnicate(1) %}', 'calls $frobnicate, which is neither a function of JSONata nor one of Step Functions'],
  ['an unknown function behind ~>', '{% 1 ~> $frobnicate %}', 'calls $frobnicate'],
  ['$eval', "{% $eval('1') %}", 'use $parse'],
  ['text that is not JSONata', '{% 1 + %}', 'is not JSONata: Unexpected end of expression'],
  ['a name at the top level', '{% order.id %}', "reads 'order' at the top level"],
  ['a name in an argument', '{% $sum(prices) %}', "reads 'prices' at the top level"],
  ['$ at the top level', '{% $.id %}', "reads '$' at the top level"],
  ['$$ at the top level', '{% $$ %}', "reads '$$' at the top level"],
])('%s is refused', (_name, Output, problem) => {
  const message = messageOf(jsonata({ Type: 'Pass', Output: { value: Output } }));
  expect(message).toContain("state 'Only', field 'Output/value':");
  expect(message).toContain(problem);
});

test.each(['$states.input.items[price > 1].name', '$map([1], function($x) { $x })', '$states.input.items.($ & "x")', '{"a": $states.input.(b)}'])(
  'what stands inside of a path or a function is not at the top level: %s',
  (expression) => {
    expect(() => compileMachine(jsonata({ Type: 'Pass', Output: `{% ${expression} %}` }))).not.toThrow();
  },
);

test.each<[string, Json, string]>([
  ['an unknown intrinsic function', 'States.Frobnicate(1)', 'expected a path that starts with $, or one of States.Format'],
  ['a wrong number of arguments', 'States.ArrayLength()', 'States.ArrayLength does not take 0 arguments'],
  ['a word without quotes', 'order', 'neither a path nor an intrinsic function'],
  ['an open bracket', '$.a[1', "expected ']'"],
  ['an unknown path function', '$.a.frobnicate()', 'unknown path function frobnicate(), use one of length'],
  ['a filter without an operand', '$.a[?(@.b == )]', 'expected @, $, a number'],
  ['a regular expression that is none', '$.a[?(@.b =~ /(/)]', 'is not a path'],
  ['text behind a path', '$.a b', 'unexpected text at position 4'],
  ['an open quote', "States.Format('a)", "expected a closing '"],
  ['a number', 5, 'needs a path or an intrinsic function'],
  ['eleven nested functions', `${'States.Array('.repeat(11)}${')'.repeat(11)}`, 'more than 10 nested functions'],
])('%s is refused as the value of a name that ends in .$', (_name, value, problem) => {
  const message = messageOf(machineOf({ Type: 'Pass', Parameters: { 'v.$': value } }));
  expect(message).toContain("state 'Only', field 'Parameters/v.$':");
  expect(message).toContain(problem);
});

test.each(['$.a[*]', '$.a..b', '$$.Execution', '$v.a', '$.a[-1]'])('ResultPath %s is refused: it names no place in the input', (ResultPath) => {
  expect(messageOf(machineOf({ Type: 'Pass', ResultPath }))).toContain('must be a reference path into the input');
});

test('an inner workflow cannot assign a variable of an outer one', () => {
  const inner = { StartAt: 'In', States: { In: { Type: 'Pass', Assign: { total: 1 }, End: true } } };
  const definition = { StartAt: 'Set', States: { Set: { Type: 'Pass', Assign: { total: 0 }, Next: 'Fork' }, Fork: { Type: 'Parallel', Branches: [inner], End: true } } };
  expect(messageOf(definition)).toContain("state 'In', field 'Assign': 'total' is a variable of an outer workflow");
});

test('text that is not JSON is refused', () => {
  expect(messageOf('{')).toContain('the state machine: is not JSON');
  expect(messageOf('[]')).toContain('the state machine: must be a JSON object');
});

test('comments may stand wherever there are fields', () => {
  const Comment = 'why';
  const definition = {
    Comment,
    Version: '1.0',
    StartAt: 'Fork',
    States: {
      Fork: { Type: 'Parallel', Comment, Branches: [{ Comment, ...PASS }], Retry: [{ Comment, ErrorEquals: ['A'] }], Catch: [{ Comment, ErrorEquals: ['A'], Next: 'Choose' }], Next: 'Choose' },
      Choose: { Type: 'Choice', Comment, Choices: [{ Comment, And: [{ Comment, Variable: '$', IsPresent: true }], Next: 'Done' }] },
      Done: { Type: 'Succeed', Comment },
    },
  };
  expect(() => compileMachine(definition)).not.toThrow();
});
