import { Queue } from 'aws-cdk-lib/aws-sqs';
import { JsonObject } from '../../../src/json';
import { openCloud, TestCloud } from '../cloud-fixture';

let running: TestCloud;
beforeAll(async () => {
  running = await openCloud((stack) => new Queue(stack, 'Queue', { queueName: 'q' }));
});

afterAll(() => running.cloud.close());

const call = (service: string, operation: string, input: JsonObject) =>
  running.cloud.calls.perform({ service, operation, input, caller: { kind: 'outside', name: 'test' } })
    .then(() => 'done', ({ code, message }) => `${code}: ${message}`);

type WrongCall = [what: string, operation: string, input: JsonObject, answer: string];

const detected = (...errors: string[]) => `${errors.length} validation error${errors.length > 1 ? 's' : ''} detected: ${errors.join('; ')}`;
const violated = (value: string, place: string, constraint: string) => `Value ${value} at '${place}' failed to satisfy constraint: ${constraint}`;
const missing = (place: string) => violated('null', place, 'Member must not be null');
const KEY = { id: { S: '1' } };

/**
 * `test_dynamodb_invalid_param` and others in tests/aws/services/stepfunctions/v2/error_handling/test_aws_sdk.snapshot.json of
 * https://github.com/localstack/localstack; types in https://github.com/architect/dynalite/blob/main/test/helpers.js.
 */
test.each<WrongCall>([
  ['without a member', 'PutItem', { TableName: 'orders' }, `ValidationException: ${detected(missing('item'))}`],
  ['with null for a member', 'PutItem', { TableName: 'orders', Item: null }, `ValidationException: ${detected(missing('item'))}`],
  ['without a member of a part', 'TransactWriteItems', { TransactItems: [{ Put: { TableName: 'orders' } }] }, `ValidationException: ${detected(missing('transactItems.1.member.put.item'))}`],
  ['without the keys of a table', 'BatchGetItem', { RequestItems: { orders: {} } }, `ValidationException: ${detected(missing('requestItems.orders.member.keys'))}`],
  ['with an empty list', 'TransactWriteItems', { TransactItems: [] }, `ValidationException: ${detected(violated("'[]'", 'transactItems', 'Member must have length greater than or equal to 1'))}`],
  ['with an empty list of parameters', 'ExecuteStatement', { Statement: 'SELECT * FROM orders', Parameters: [] }, `ValidationException: ${detected(violated("'[]'", 'parameters', 'Member must have length greater than or equal to 1'))}`],
  ['with too many items', 'TransactWriteItems', { TransactItems: Array.from({ length: 101 }, () => ({})) }, expect.stringContaining("at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100")],
  ['with an empty list of requests', 'BatchWriteItem', { RequestItems: { orders: [] } }, `ValidationException: ${detected(violated("'{orders=[]}'", 'requestItems', 'Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]'))}`],
  ['with a value that is not of the enumeration', 'PutItem', { TableName: 'orders', Item: KEY, ReturnValues: 'ALL' }, `ValidationException: ${detected(violated("'ALL'", 'returnValues', 'Member must satisfy enum value set: [NONE, ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATED_NEW]'))}`],
  ['with a limit of nothing', 'Query', { TableName: 'orders', Limit: 0 }, `ValidationException: ${detected(violated("'0'", 'limit', 'Member must have value greater than or equal to 1'))}`],
  ['with a name of an index that has a space', 'Query', { TableName: 'orders', IndexName: 'by user' }, `ValidationException: ${detected(violated("'by user'", 'indexName', 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+'))}`],
  ['with a number for the table', 'GetItem', { TableName: 5, Key: KEY }, 'SerializationException: NUMBER_VALUE cannot be converted to String'],
  ['with a number for a number of an item', 'GetItem', { TableName: 'orders', Key: { id: { N: 5 } } }, 'SerializationException: NUMBER_VALUE cannot be converted to String'],
  ['with a text for a limit', 'Query', { TableName: 'orders', Limit: '5' }, 'SerializationException: STRING_VALUE cannot be converted to Integer'],
  ['with a text for a boolean', 'GetItem', { TableName: 'orders', Key: KEY, ConsistentRead: 'yes' }, 'SerializationException: Unexpected token received from parser'],
  ['with an object for a text', 'GetItem', { TableName: {}, Key: KEY }, 'SerializationException: Start of structure or map found where not expected'],
  ['with a list for a text', 'GetItem', { TableName: ['orders'], Key: KEY }, 'SerializationException: Unrecognized collection type class java.lang.String'],
  ['with a text for a key', 'GetItem', { TableName: 'orders', Key: '1' }, 'SerializationException: Unexpected field type'],
])('a call of DynamoDB %s is refused', async (_what, operation, input, answer) => {
  expect(await call('dynamodb', operation, input)).toEqual(answer);
});

/** `test_send_empty_message`, `test_set_unsupported_attribute_fifo` in tests/aws/services/sqs/test_sqs.snapshot.json of localstack. */
test.each<WrongCall>([
  ['without a body', 'SendMessage', { QueueUrl: 'q' }, 'MissingParameter: The request must contain the parameter MessageBody.'],
  ['without a queue', 'ReceiveMessage', {}, 'MissingParameter: The request must contain the parameter QueueUrl.'],
  ['with an attribute that there is not', 'GetQueueAttributes', { QueueUrl: 'q', AttributeNames: ['All', 'Size'] }, 'InvalidAttributeName: Unknown Attribute Size.'],
  ['for too many messages', 'ReceiveMessage', { QueueUrl: 'q', MaxNumberOfMessages: 11 }, 'InvalidParameterValue: Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.'],
  ['that waits for too long', 'ReceiveMessage', { QueueUrl: 'q', WaitTimeSeconds: 21 }, 'InvalidParameterValue: Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.'],
  ['that hides a message for too long', 'ChangeMessageVisibility', { QueueUrl: 'q', ReceiptHandle: 'r', VisibilityTimeout: 43_201 }, 'InvalidParameterValue: Value 43201 for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200, if provided.'],
  ['that delays a message for too long', 'SendMessage', { QueueUrl: 'q', MessageBody: 'm', DelaySeconds: 901 }, 'InvalidParameterValue: Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.'],
  ['with an empty batch', 'SendMessageBatch', { QueueUrl: 'q', Entries: [] }, "EmptyBatchRequest: The batch request doesn't contain any entries."],
  ['with twenty entries', 'DeleteMessageBatch', { QueueUrl: 'q', Entries: Array.from({ length: 20 }, (_, index) => ({ Id: String(index), ReceiptHandle: 'r' })) }, 'TooManyEntriesInBatchRequest: Maximum number of entries per request are 10. You have sent 20.'],
  ['with an id that has a space', 'SendMessageBatch', { QueueUrl: 'q', Entries: [{ Id: 'a b', MessageBody: 'm' }] }, 'InvalidBatchEntryId: A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.'],
  ['with an id that is there twice', 'SendMessageBatch', { QueueUrl: 'q', Entries: [{ Id: 'a', MessageBody: 'm' }, { Id: 'a', MessageBody: 'm' }] }, 'BatchEntryIdsNotDistinct: Two or more batch entries in the request have the same Id.'],
  ['with a number for the body', 'SendMessage', { QueueUrl: 'q', MessageBody: 5 }, 'SerializationException: NUMBER_VALUE cannot be converted to String'],
])('a call of SQS %s is refused', async (_what, operation, input, answer) => {
  expect(await call('sqs', operation, input)).toBe(answer);
});

/** `test_publish_batch_exceptions` and its neighbours in tests/aws/services/sns/test_sns.snapshot.json of localstack. */
test.each<WrongCall>([
  ['without a message', 'Publish', { TopicArn: 'arn' }, `ValidationError: ${detected(missing('message'))}`],
  ['without the type of an attribute', 'Publish', { TopicArn: 'arn', Message: 'm', MessageAttributes: { attr1: { StringValue: 'v' } } }, `ValidationError: ${detected(missing('messageAttributes.attr1.member.dataType'))}`],
  ['without the type of an attribute of an entry', 'PublishBatch', { TopicArn: 'arn', PublishBatchRequestEntries: [{ Id: '1', Message: 'm', MessageAttributes: { attr1: {} } }] }, `ValidationError: ${detected(missing('publishBatchRequestEntries.1.member.messageAttributes.attr1.member.dataType'))}`],
])('a call of SNS %s is refused', async (_what, operation, input, answer) => {
  expect(await call('sns', operation, input)).toBe(answer);
});

/** `test_put_events_exceed_limit_ten_entries` and `test_put_target_id_validation` in tests/aws/services/events/test_events.snapshot.json of localstack. */
test.each<WrongCall>([
  ['with eleven entries', 'PutEvents', { Entries: Array.from({ length: 11 }, () => ({})) }, expect.stringContaining("at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10")],
  ['with a name of a bus that has a space', 'PutEvents', { Entries: [{ EventBusName: 'my bus' }] }, expect.stringContaining("Value 'my bus' at 'entries.1.member.eventBusName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:aws")],
  ['with an object for the detail', 'PutEvents', { Entries: [{ Detail: { a: 1 } }] }, 'SerializationException: Start of structure or map found where not expected'],
])('a call of EventBridge %s is refused', async (_what, operation, input, answer) => {
  expect(await call('events', operation, input)).toEqual(answer);
});

/** tests/aws/services/stepfunctions/v2/test_sfn_api.snapshot.json of localstack. */
test.each<WrongCall>([
  ['without a state machine', 'StartExecution', {}, `ValidationException: ${detected(missing('stateMachineArn'))}`],
  ['with a status in lower case', 'ListExecutions', { statusFilter: 'succeeded' }, `ValidationException: ${detected(violated("'succeeded'", 'statusFilter', 'Member must satisfy enum value set: [RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED, PENDING_REDRIVE]'))}`],
  ['with too many results', 'GetExecutionHistory', { executionArn: 'arn', maxResults: 1001 }, `ValidationException: ${detected(violated("'1001'", 'maxResults', 'Member must have value less than or equal to 1000'))}`],
  ['with a name that is too long', 'StartExecution', { stateMachineArn: 'arn', name: 'n'.repeat(81) }, `ValidationException: ${detected(violated(`'${'n'.repeat(81)}'`, 'name', 'Member must have length less than or equal to 80'))}`],
  ['with an input that is too long', 'StartExecution', { stateMachineArn: 'arn', input: 'x'.repeat(262_145) }, "ValidationException: 1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144"],
  ['with an object for the input', 'StartExecution', { stateMachineArn: 'arn', input: {} }, 'SerializationException: Start of structure or map found where not expected'],
])('a call of Step Functions %s is refused', async (_what, operation, input, answer) => {
  expect(await call('states', operation, input)).toBe(answer);
});

/** tests/aws/services/lambda_/test_lambda_api.snapshot.json of localstack. */
test.each<WrongCall>([
  ['with a type that there is not', 'Invoke', { FunctionName: 'f', InvocationType: 'Evnt' }, `ValidationException: ${detected(violated("'Evnt'", 'invocationType', 'Member must satisfy enum value set: [Event, RequestResponse, DryRun]'))}`],
  ['with a name that no function can have', 'Invoke', { FunctionName: 'my-function!' }, expect.stringContaining("ValidationException: 1 validation error detected: Value 'my-function!' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?")],
])('a call of Lambda %s is refused', async (_what, operation, input, answer) => {
  expect(await call('lambda', operation, input)).toEqual(answer);
});

const SCHEDULE = { Name: 'n', ScheduleExpression: 'rate(1 day)', FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: 'arn', RoleArn: 'arn:aws:iam::000000000000:role/r' } };

/** By the models of the services: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html and its like. */
test.each<[service: string, ...WrongCall]>([
  ['scheduler', 'without a role', 'CreateSchedule', { ...SCHEDULE, Target: { Arn: 'arn' } }, `ValidationException: ${detected(missing('target.roleArn'))}`],
  ['scheduler', 'without a time window', 'CreateSchedule', { ...SCHEDULE, FlexibleTimeWindow: null }, `ValidationException: ${detected(missing('flexibleTimeWindow'))}`],
  ['scheduler', 'with a name that has a space', 'DeleteSchedule', { Name: 'my schedule' }, `ValidationException: ${detected(violated("'my schedule'", 'name', 'Member must satisfy regular expression pattern: [0-9a-zA-Z-_.]+'))}`],
  ['secretsmanager', 'without a secret', 'GetSecretValue', {}, `ValidationException: ${detected(missing('secretId'))}`],
  ['secretsmanager', 'with a version that is too short', 'GetSecretValue', { SecretId: 's', VersionId: '1' }, `ValidationException: ${detected(violated("'1'", 'versionId', 'Member must have length greater than or equal to 32'))}`],
  ['ses', 'without a content', 'SendEmail', { FromEmailAddress: 'a@b.example' }, `BadRequestException: ${detected(missing('content'))}`],
  ['ses', 'without a subject', 'SendEmail', { Content: { Simple: { Body: {} } } }, `BadRequestException: ${detected(missing('content.simple.subject'))}`],
  ['ses', 'with a text for the subject', 'SendEmail', { Content: { Simple: { Subject: 'Paid', Body: {} } } }, 'SerializationException: Unexpected field type'],
  ['execute-api', 'without a connection', 'PostToConnection', { Data: 'x' }, `BadRequestException: ${detected(missing('connectionId'))}`],
])('a call of %s %s is refused', async (service, _what, operation, input, answer) => {
  expect(await call(service, operation, input)).toBe(answer);
});
