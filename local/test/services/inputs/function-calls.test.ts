import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { JsonObject } from '../../../src/json';
import { inlineFunction, openCloud, TestCloud } from '../cloud-fixture';

/** A handler that makes one call with the SDK, and answers with the name and the message of its error. */
const attempt = (client: string, command: string, input: JsonObject) => `async () => {
  const sdk = require('@aws-sdk/client-${client}');
  const [Client] = Object.keys(sdk).filter((name) => /^[A-Z]\\w*Client$/.test(name) && name !== 'Client');
  return new sdk[Client]({ maxAttempts: 1 }).send(new sdk.${command}(${JSON.stringify(input)})).then(() => 'done', ({ name, message }) => name + ': ' + message);
}`;

let running: TestCloud;
beforeAll(async () => {
  running = await openCloud((stack) => {
    inlineFunction(stack, 'write', attempt('dynamodb', 'PutItemCommand', { TableName: 'orders', Item: { id: { S: '1' } }, ReturnValues: 'ALL' }));
    inlineFunction(stack, 'send', attempt('sqs', 'SendMessageCommand', { QueueUrl: 'q' }));
    inlineFunction(stack, 'publish', attempt('sns', 'PublishCommand', { TopicArn: 'arn:aws:sns:us-east-1:000000000000:t', Message: 'm', MessageAttributes: { kind: {} } }));
    inlineFunction(stack, 'delete', attempt('scheduler', 'DeleteScheduleCommand', { Name: 'n', GroupName: 'my group' }));
    inlineFunction(stack, 'invoke', attempt('lambda', 'InvokeCommand', { FunctionName: 'write', LogType: 'All' }))
      .addToRolePolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: ['*'] }));
  });
});

afterAll(() => running.cloud.close());

const caller = { kind: 'outside', name: 'test' } as const;

test.each([
  ['dynamodb', 'write', "ValidationException: 1 validation error detected: Value 'ALL' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [NONE, ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATED_NEW]"],
  ['sqs', 'send', 'MissingParameter: The request must contain the parameter MessageBody.'],
  ['sns', 'publish', "ValidationError: 1 validation error detected: Value null at 'messageAttributes.kind.member.dataType' failed to satisfy constraint: Member must not be null"],
  ['scheduler', 'delete', "ValidationException: 1 validation error detected: Value 'my group' at 'groupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [0-9a-zA-Z-_.]+"],
  ['lambda', 'invoke', "ValidationException: 1 validation error detected: Value 'All' at 'logType' failed to satisfy constraint: Member must satisfy enum value set: [None, Tail]"],
])('a wrong call of %s by a function is refused before its permissions count', async (_service, name, answer) => {
  const { Payload } = await running.cloud.calls.perform({ service: 'lambda', operation: 'Invoke', input: { FunctionName: name, Payload: '{}' }, caller });
  expect(JSON.parse(String(Payload))).toBe(answer);
});

test('a member that a service does not know is ignored, and reported once', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const input = { ExclusiveStartTable: 'orders', Limit: 5 };
  await running.cloud.calls.perform({ service: 'dynamodb', operation: 'ListTables', input, caller });
  await running.cloud.calls.perform({ service: 'dynamodb', operation: 'ListTables', input, caller });
  expect(warn.mock.calls).toEqual([
    ['test calls dynamodb:ListTables with ExclusiveStartTable, which the service does not know and ignores: write ExclusiveStartTableName'],
  ]);
  warn.mockRestore();
});
