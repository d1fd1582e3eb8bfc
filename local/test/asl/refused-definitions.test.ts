import { machineOf } from './running';
import { compileMachine, JsonObject } from '../../src';

const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };
const PASS = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };
const map = (processor: JsonObject, more: JsonObject = {}) => machineOf({ Type: 'Map', ItemProcessor: { ...PASS, ...processor }, ...more });
const distributed = (more: JsonObject) => map({ ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } }, more);
const jsonata = (state: JsonObject) => machineOf({ QueryLanguage: 'JSONata', ...state });
const retry = (rule: JsonObject) => machineOf({ ...TASK, Retry: [{ ErrorEquals: ['A'], ...rule }] });

/** CreateStateMachine refuses them: as InvalidDefinition in the recordings of localstack/localstack, and in the Amazon States Language. */
test.each<[string, JsonObject]>([
  ["state 'Lost', field 'Next': no state leads here from 'Only'", { StartAt: 'Only', States: { Only: { Type: 'Pass', End: true }, Lost: { Type: 'Pass', Next: 'Only' } } }],
  ["state 'Only', field 'Name': is that of another state", machineOf({ Type: 'Parallel', Branches: [{ StartAt: 'Only', States: { Only: { Type: 'Pass', End: true } } }] })],
  ["state 'P', field 'Name': is that of another state", machineOf({ Type: 'Parallel', Branches: [PASS, PASS] })],
  ['is longer than 80 characters', { StartAt: 'x'.repeat(81), States: { ['x'.repeat(81)]: { Type: 'Pass', End: true } } }],
  ["field 'Parameters/a/x': cannot stand beside 'x.$'", machineOf({ Type: 'Pass', Parameters: { a: { 'x': 1, 'x.$': '$.x' } } })],
  ["field 'Output/a': '{% 1' begins with {% but does not end with %}", jsonata({ Type: 'Pass', Output: { a: '{% 1' } })],
  ["field 'Output': '{% $states.input %} ' begins with {%", jsonata({ Type: 'Pass', Output: '{% $states.input %} ' })],
  ["field 'Output': '$states.result.x' reads $states.result, which is there only in Output and Assign of Task", jsonata({ Type: 'Pass', Output: '{% $states.result.x %}' })],
  ["field 'Arguments': '$states.result' reads $states.result", jsonata({ ...TASK, Arguments: '{% $states.result %}' })],
  ["field 'Assign/e': '$states.errorOutput' reads $states.errorOutput, which is there only in Output and Assign of a catcher", jsonata({ ...TASK, Assign: { e: '{% $states.errorOutput %}' } })],
  ["field 'Catch[0]/Output': '$states.result' reads $states.result", jsonata({ ...TASK, Catch: [{ ErrorEquals: ['A'], Next: 'Only', Output: '{% $states.result %}' }] })],
  ["field 'Label': must be a name of 1 to 40 characters", distributed({ Label: 'x'.repeat(41) })],
  ["field 'Label': must be a name", distributed({ Label: '' })],
  ["field 'Label': must be a name", distributed({ Label: 'a:b' })],
  ["field 'Label': must be a name", distributed({ Label: 'a\u0085b' })],
  ["field 'ItemProcessor/ProcessorConfig/ExecutionType': is missing", map({ ProcessorConfig: { Mode: 'DISTRIBUTED' } })],
  ["field 'ItemProcessor/ProcessorConfig/ExecutionType': must be STANDARD or EXPRESS", map({ ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'FAST' } })],
  ["field 'Retry[0]/IntervalSeconds': must be a whole number but is 1.5", retry({ IntervalSeconds: 1.5 })],
  ["field 'Retry[0]/MaxAttempts': must be a whole number but is 2.5", retry({ MaxAttempts: 2.5 })],
  ["field 'Retry[0]/MaxDelaySeconds': must be a whole number but is 9.5", retry({ MaxDelaySeconds: 9.5 })],
  ["field 'Parameters/x.$': 'States.Format('a \\\"b\\\"')' is neither a path nor an intrinsic function: \\\" is no escape", machineOf({ Type: 'Pass', Parameters: { 'x.$': "States.Format('a \\\"b\\\"')" } })],
  ["field 'Credentials/RoleArn': is missing", machineOf({ ...TASK, Credentials: {} })],
  ["field 'Credentials/RoleArn': is missing", jsonata({ ...TASK, Credentials: { Role: 'x' } })],
  ["field 'Seconds': must be at most 99999999", machineOf({ Type: 'Wait', Seconds: 100_000_000 })],
])('a definition is refused: %s', (message, definition) => {
  expect(() => compileMachine(definition)).toThrow(message);
});

test.each<[string, JsonObject]>([
  ['a double quote in a text of an intrinsic function', machineOf({ Type: 'Pass', Parameters: { 'x.$': "States.StringToJson('{\"a\": 1}')" } })],
  ['an escaped backslash before a double quote', machineOf({ Type: 'Pass', Parameters: { 'x.$': "States.Format('a\\\\\"')" } })],
  ['an expression behind a space, which is text', jsonata({ Type: 'Pass', Output: ' {% 1' })],
  ['the role of credentials as a path', machineOf({ ...TASK, Credentials: { 'RoleArn.$': '$.role' } })],
  ['the result of a task', jsonata({ ...TASK, Output: '{% $states.result %}', Assign: { r: '{% $states.result.a %}' } })],
  ['the error of a catcher', jsonata({ ...TASK, Catch: [{ ErrorEquals: ['A'], Next: 'Only', Output: '{% $states.errorOutput.Cause %}' }] })],
  ['a name of 80 characters', { StartAt: 'é'.repeat(80), States: { ['é'.repeat(80)]: { Type: 'Pass', End: true } } }],
])('a definition may have %s', (_what, definition) => {
  expect(() => compileMachine(definition)).not.toThrow();
});

/** As recorded: test_express_async.snapshot.json and test_sfn_api_express.snapshot.json of localstack/localstack. */
test.each([
  ["'.waitForTaskToken'", 'arn:aws:states:::sqs:sendMessage.waitForTaskToken'],
  ["'.sync'", 'arn:aws:states:::states:startExecution.sync:2'],
  ['activities', 'arn:aws:states:us-east-1:111111111111:activity:work'],
])('an EXPRESS state machine cannot have %s', (what, Resource) => {
  const definition = machineOf({ Type: 'Task', Resource });
  expect(() => compileMachine(definition, 'EXPRESS')).toThrow(`an EXPRESS state machine does not support ${what}`);
  expect(() => compileMachine(definition)).not.toThrow();
});
