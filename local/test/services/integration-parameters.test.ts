import { Stack } from 'aws-cdk-lib';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Json, JsonObject } from '../../src/json';
import { inlineFunction, openCloud } from './cloud-fixture';

/** A cloud with a state machine of these states, which may do everything to a table, a queue and a function. */
const cloudWith = (states: JsonObject, language = 'JSONPath') => openCloud((stack) => machine(stack, states, language));

function machine(stack: Stack, states: JsonObject, language: string): void {
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
  new Table(stack, 'Table', { tableName: 'orders', partitionKey: { name: 'id', type: AttributeType.STRING } }).grantReadWriteData(role);
  new Queue(stack, 'Queue', { queueName: 'queue' }).grantSendMessages(role);
  inlineFunction(stack, 'echo', 'async (event) => event').grantInvoke(role);
  const definition = { QueryLanguage: language, StartAt: Object.keys(states)[0], States: states };
  const made = new CfnStateMachine(stack, 'Machine', { stateMachineName: 'machine', roleArn: role.roleArn, definitionString: JSON.stringify(definition) });
  made.node.addDependency(role.node.findChild('DefaultPolicy'));
}

const task = (resource: string, parameters: Json, more: JsonObject = {}) => ({ Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters: parameters, End: true, ...more });
const withArguments = (resource: string, args: Json, more: JsonObject = {}) => ({ Type: 'Task', Resource: `arn:aws:states:::${resource}`, Arguments: args, End: true, ...more });
const refusal = (states: JsonObject, language?: string) => cloudWith(states, language).then(() => 'created', ({ message }: Error) => message);

const NOT_RECOGNIZED = 'is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/S/Resource';

/** Sources stand beside the rules, in src/services/states. */
test.each([
  ['an optimized integration that there is not', 'dynamodb:query', NOT_RECOGNIZED],
  ['an action of the SDK that there is not', 'aws-sdk:dynamodb:getItm', NOT_RECOGNIZED],
  ['an action with a capital letter', 'aws-sdk:dynamodb:GetItem', NOT_RECOGNIZED],
  ['a task token for DynamoDB', 'dynamodb:getItem.waitForTaskToken', NOT_RECOGNIZED],
  ['an action of the SDK that is waited for', 'aws-sdk:sfn:startExecution.sync', NOT_RECOGNIZED],
  ['an action that does not run here', 'aws-sdk:dynamodb:createTable', 'calls arn:aws:states:::aws-sdk:dynamodb:createTable, which the local cloud cannot do'],
  ['a service that does not run here', 'ecs:runTask.sync', 'calls arn:aws:states:::ecs:runTask.sync, which the local cloud cannot do'],
])('a state machine with %s is refused when it is created', async (_what, resource, message) => {
  expect(await refusal({ S: task(resource, {}) })).toContain(message);
});

const ITEM = { TableName: 'orders', Item: { id: { S: '1' } } };

test.each<[string, JsonObject, string]>([
  ['a misspelt field', task('dynamodb:putItem', { ...ITEM, TabelName: 'orders' }), 'is refused: SCHEMA_VALIDATION_FAILED: The field "TabelName" is not supported by Step Functions at /States/S/Parameters'],
  ['a misspelt field whose value is computed', task('dynamodb:getItem', { 'TableName': 'orders', 'Keys.$': '$.key' }), 'The field "Keys" is not supported by Step Functions at /States/S/Parameters; write Key'],
  ['a misspelt field deep inside', task('aws-sdk:dynamodb:transactWriteItems', { TransactItems: [{ Put: { ...ITEM, Conditon: 'x' } }] }), 'The field "Conditon" is not supported by Step Functions'],
  ['a field in camel case', task('aws-sdk:sfn:startExecution', { stateMachineArn: 'arn' }), 'The field "stateMachineArn" is not supported by Step Functions at /States/S/Parameters; write StateMachineArn'],
  ['a type of an item that there is not', task('dynamodb:putItem', { TableName: 'orders', Item: { id: { String: '1' } } }), 'The field "String" is not supported by Step Functions'],
  ['a token beside the payload', task('lambda:invoke.waitForTaskToken', { 'FunctionName': 'echo', 'TaskToken.$': '$$.Task.Token' }), 'The field "TaskToken" is not supported by Step Functions'],
  ['a missing field', task('dynamodb:putItem', { TableName: 'orders' }), "The field 'Item' is required but was missing at /States/S/Parameters"],
  ['a missing field of an entry', task('aws-sdk:sqs:sendMessageBatch', { QueueUrl: 'q', Entries: [{ Id: '1' }] }), "The field 'MessageBody' is required but was missing"],
  ['a number for a number of an item', task('dynamodb:putItem', { TableName: 'orders', Item: { id: { N: 5 } } }), "The value for the field 'N' must be a STRING at /States/S/Parameters"],
  ['an object for a list', task('events:putEvents', { Entries: { Detail: {} } }), "The value of the field 'Entries' has an invalid format at /States/S/Parameters"],
])('parameters with %s are refused when the state machine is created', async (_what, state, message) => {
  expect(await refusal({ S: state })).toContain(message);
});

test('arguments are refused as parameters are, also in states of a Map', async () => {
  const inner = { StartAt: 'S', States: { S: withArguments('sqs:sendMessage', { QueueUrl: 'q', Body: '{% $states.input %}' }) } };
  expect(await refusal({ All: { Type: 'Map', Items: [1], ItemProcessor: inner, End: true } }, 'JSONata'))
    .toContain('The field "Body" is not supported by Step Functions at /States/All/ItemProcessor/States/S/Arguments');
});

/** Runs the state machine, and answers with how it ended. */
async function run(states: JsonObject, input: JsonObject, language?: string): Promise<JsonObject> {
  const { cloud } = await cloudWith(states, language);
  const { executionArn } = await cloud.calls.perform({
    service: 'states',
    operation: 'StartExecution',
    input: { stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine', input: JSON.stringify(input) },
    caller: { kind: 'outside', name: 'test' },
  });
  const execution = cloud.executions.find(String(executionArn));
  const outcome = await execution.ended;
  const events = execution.history.map(({ type }) => type);
  await cloud.close();
  return { ...outcome, events } as unknown as JsonObject;
}

const CAUGHT = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }], Retry: [{ ErrorEquals: ['States.ALL'] }] };
const CATCHER = { Caught: { Type: 'Pass', End: true } };
const started = (text: string, problem: string, field = 'Parameters') =>
  `An error occurred while executing the state 'S' (entered at the event id #2). The ${field} '${text}' could not be used to start the Task: [${problem}]`;

/** The sentence: `test_invoke_with_headers[singleStringHeader]` of localstack/localstack, and https://stackoverflow.com/a/76373088. */
test.each<[string, JsonObject, JsonObject, string]>([
  ['a field that there is not', task('dynamodb:putItem', { 'TableName': 'orders', 'Item.$': '$.item' }, CAUGHT), { item: { id: { X: '1' } } },
    started('{"TableName":"orders","Item":{"id":{"X":"1"}}}', 'The field "X" is not supported by Step Functions')],
  ['a number for a text', task('lambda:invoke', { 'FunctionName': 'echo', 'Payload.$': '$.payload' }, CAUGHT), { payload: 1 },
    started('{"FunctionName":"echo","Payload":1}', "The value for the field 'Payload' must be a STRING")],
  ['a text for a map', task('dynamodb:getItem', { 'TableName': 'orders', 'Key.$': '$.key' }, CAUGHT), { key: '1' },
    started('{"TableName":"orders","Key":"1"}', "The value of the field 'Key' has an invalid format")],
])('computed parameters with %s end the execution before the task is scheduled', async (_what, state, input, cause) => {
  expect(await run({ S: state, ...CATCHER }, input)).toEqual({
    status: 'FAILED', error: 'States.Runtime', cause, events: ['ExecutionStarted', 'TaskStateEntered', 'ExecutionFailed'],
  });
});

test('parameters that two states hand on are read for each of them', async () => {
  const { Parameters: _none, End: _end, ...put } = task('aws-sdk:dynamodb:putItem', {}, { ResultPath: null, Next: 'S' });
  const { Parameters: _neither, ...again } = task('dynamodb:putItem', {});
  expect(await run({ First: put, S: again }, { TableName: 'orders', Item: { id: { S: '1' }, paid: { Bool: true } } })).toMatchObject({
    error: 'States.Runtime', cause: expect.stringContaining('[The field "Bool" is not supported by Step Functions]'),
  });
});

/** `test_dynamodb_invalid_param`, `test_send_message_empty_body` in tests/aws/services/stepfunctions/v2/error_handling of localstack/localstack. */
test.each<[string, JsonObject, JsonObject]>([
  ['aws-sdk:dynamodb:putItem', { 'TableName': 'orders', 'Item.$': '$.none' }, {
    error: 'DynamoDb.DynamoDbException',
    cause: "1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not be null (Service: DynamoDb, Status Code: 400, Request ID: local) (SDK Attempt Count: 1)",
  }],
  ['dynamodb:putItem', { 'TableName': 'orders', 'Item.$': '$.none' }, {
    error: 'DynamoDB.AmazonDynamoDBException',
    cause: "1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not be null (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ValidationException; Request ID: local; Proxy: null)",
  }],
  ['sqs:sendMessage', { 'QueueUrl': 'queue', 'MessageBody.$': '$.none' }, {
    error: 'SQS.AmazonSQSException',
    cause: 'The request must contain the parameter MessageBody. (Service: AmazonSQS; Status Code: 400; Error Code: MissingParameter; Request ID: local; Proxy: null)',
  }],
])('null for what is required reaches the service: %s', async (resource, parameters, failure) => {
  expect(await run({ S: task(resource, parameters) }, { none: null })).toMatchObject({ status: 'FAILED', ...failure });
});

test('an error that a service declares has its own name in the SDK integration', async () => {
  const state = task('aws-sdk:sfn:startExecution', { StateMachineArn: '', Name: 'n' });
  expect(await run({ S: state }, {})).toMatchObject({ error: 'Sfn.ValidationException' });
});

test('parameters may have the names of the SDK for Java, and a text may be given as JSON', async () => {
  const put = withArguments('aws-sdk:dynamodb:putItem', { TableName: 'orders', Item: { id: { S: '1' }, paid: { Bool: true }, none: { Nul: true }, tags: { Ss: ['a'] } } }, { End: false, Next: 'Get' });
  const get = withArguments('dynamodb:getItem', { TableName: 'orders', Key: { id: { S: '1' } } }, { Next: 'Send', Output: '{% $states.result.Item %}' });
  const send = withArguments('sqs:sendMessage', { QueueUrl: 'queue', MessageBody: { item: '{% $states.input %}' } }, { Output: '{% $states.input %}' });
  const without = ({ End: _end, ...state }: JsonObject) => state;
  expect(await run({ Put: without(put), Get: without(get), Send: send }, {}, 'JSONata')).toMatchObject({
    status: 'SUCCEEDED', output: { id: { S: '1' }, paid: { BOOL: true }, none: { NULL: true }, tags: { SS: ['a'] } },
  });
});
