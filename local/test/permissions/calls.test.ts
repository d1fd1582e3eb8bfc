import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ConfigurationSet, EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { CustomerManagedEncryptionConfiguration, DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { JsonObject } from '../../src/json';
import { inlineFunction, openCloud, TestCloud } from '../services/cloud-fixture';

/** What a function is denied when it makes one call; undefined if it may make it. */
type Attempt = (client: string, command: string, input: JsonObject) => string;

/** A handler that makes one call, and answers with the error's message. */
const attempt: Attempt = (client, command, input) => `async () => {
  const sdk = require('@aws-sdk/client-${client}');
  const [Client] = Object.keys(sdk).filter((name) => /^[A-Z]\\w*Client$/.test(name) && name !== 'Client');
  return new sdk[Client]({ maxAttempts: 1 }).send(new sdk.${command}(JSON.parse(${JSON.stringify(JSON.stringify(input))}.replace('ENDPOINT', process.env.AWS_ENDPOINT_URL)))).then(() => 'done', ({ message }) => message);
}`;

let running: TestCloud;
const call = async (name: string) => {
  const caller = { kind: 'outside', name: 'test' } as const;
  const { Payload } = await running.cloud.calls.perform({ service: 'lambda', operation: 'Invoke', input: { FunctionName: name, Payload: '{}' }, caller });
  return JSON.parse(String(Payload)) as string;
};
const deniedOn = (action: string, resource: string) => expect.stringMatching(new RegExp(`not authorized to perform: ${action} on resource: ${resource}`));

const MAIL = { FromEmailAddress: 'Shop <orders@shop.example>', Destination: { ToAddresses: ['a@b.example'] }, Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } } };
const IDENTITY = 'arn:aws:ses:us-east-1:000000000000:identity/shop.example';
const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:machine';

type Grant = (grantee: Function) => unknown;

/** Two functions that make the same call: one with the first grants only, one with all. */
function pair(stack: Stack, name: string, handler: string, first: Grant, all: Grant): void {
  first(inlineFunction(stack, `${name}-first`, handler));
  all(inlineFunction(stack, `${name}-all`, handler));
}

const allow = (...statements: ReadonlyArray<readonly [string[], string[]]>) => (grantee: Function) =>
  statements.forEach(([actions, resources]) => grantee.addToRolePolicy(new PolicyStatement({ actions, resources })));

beforeAll(async () => {
  running = await openCloud((stack) => {
    const key = new Key(stack, 'Key');
    const setArn = 'arn:aws:ses:us-east-1:000000000000:configuration-set';
    pair(stack, 'mail', attempt('sesv2', 'SendEmailCommand', { ...MAIL, ConfigurationSetName: 'orders' }),
      allow([['ses:SendEmail'], [IDENTITY]]),
      allow([['ses:SendEmail'], [IDENTITY, `${setArn}/orders`]]));
    new EmailIdentity(stack, 'Identity', {
      identity: Identity.domain('default.example'),
      configurationSet: ConfigurationSet.fromConfigurationSetName(stack, 'Set', 'tracked'),
    });
    const fromDefault = { ...MAIL, FromEmailAddress: 'orders@default.example' };
    pair(stack, 'default-set', attempt('sesv2', 'SendEmailCommand', fromDefault),
      allow([['ses:SendEmail'], ['arn:aws:ses:us-east-1:000000000000:identity/default.example']]),
      allow([['ses:SendEmail'], ['arn:aws:ses:us-east-1:000000000000:identity/default.example', `${setArn}/tracked`]]));
    new StateMachine(stack, 'Machine', {
      stateMachineName: 'machine',
      definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Nothing')),
      encryptionConfiguration: new CustomerManagedEncryptionConfiguration(key),
    });
    pair(stack, 'start', attempt('sfn', 'StartExecutionCommand', { stateMachineArn: MACHINE }),
      allow([['states:StartExecution'], [MACHINE]]),
      allow([['states:StartExecution'], [MACHINE]], [['kms:GenerateDataKey', 'kms:Decrypt'], [key.keyArn]]));
    pair(stack, 'start-alias', attempt('sfn', 'StartExecutionCommand', { stateMachineArn: `${MACHINE}:live` }),
      allow([['states:StartExecution'], [`${MACHINE}:live`]]),
      allow([['states:StartExecution'], [MACHINE]], [['kms:GenerateDataKey', 'kms:Decrypt'], [key.keyArn]]));
    const queue = new Queue(stack, 'Queue', { queueName: 'queue', encryption: QueueEncryption.KMS, encryptionMasterKey: key });
    pair(stack, 'send', attempt('sqs', 'SendMessageCommand', { QueueUrl: 'ENDPOINT/000000000000/queue', MessageBody: 'hello' }),
      allow([['sqs:SendMessage'], [queue.queueArn]]),
      (grantee) => queue.grantSendMessages(grantee));
    const topic = new Topic(stack, 'Topic', { topicName: 'topic', masterKey: key });
    pair(stack, 'publish', attempt('sns', 'PublishCommand', { TopicArn: 'arn:aws:sns:us-east-1:000000000000:topic', Message: 'hello' }),
      allow([['sns:Publish'], [topic.topicArn]]),
      (grantee) => topic.grantPublish(grantee));
    const secret = new Secret(stack, 'Secret', { secretName: 'secret', encryptionKey: key });
    pair(stack, 'read-secret', attempt('secrets-manager', 'GetSecretValueCommand', { SecretId: 'secret' }),
      allow([['secretsmanager:GetSecretValue'], ['*']]),
      (grantee) => secret.grantRead(grantee));
    pair(stack, 'transaction', attempt('dynamodb', 'TransactWriteItemsCommand', {
      TransactItems: [{ ConditionCheck: { TableName: 'none', Key: { id: { S: '1' } }, ConditionExpression: 'attribute_exists(id)' } }],
    }),
    allow([['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:TransactWriteItems'], ['*']]),
    allow([['dynamodb:ConditionCheckItem'], ['*']]));
    pair(stack, 'index', attempt('dynamodb', 'QueryCommand', { TableName: 'none', IndexName: 'open', KeyConditionExpression: 'a = b' }),
      allow([['dynamodb:Query'], ['arn:aws:dynamodb:us-east-1:000000000000:table/none']]),
      allow([['dynamodb:Query'], ['arn:aws:dynamodb:us-east-1:000000000000:table/none/index/*']]));
  }, { onDenied: () => undefined });
});

afterAll(() => running.cloud.close());

const KEY = 'arn:aws:kms:us-east-1:000000000000:key/';
const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/none';

it.each([
  ['a mail with a configuration set needs that too', 'mail', 'ses:SendEmail', 'arn:aws:ses:us-east-1:000000000000:configuration-set/orders'],
  ['a mail needs the default configuration set of its identity', 'default-set', 'ses:SendEmail', 'arn:aws:ses:us-east-1:000000000000:configuration-set/tracked'],
  ['a start needs the key of the state machine', 'start', 'kms:GenerateDataKey', KEY],
  ['a start by an alias needs the state machine itself', 'start-alias', 'states:StartExecution', `${MACHINE} `],
  ['a message needs the key of its queue', 'send', 'kms:GenerateDataKey', KEY],
  ['a publication needs the key of its topic', 'publish', 'kms:GenerateDataKey', KEY],
  ['a secret needs its key', 'read-secret', 'kms:Decrypt', KEY],
  ['a transaction needs the action of each of its items', 'transaction', 'dynamodb:ConditionCheckItem', TABLE],
  ['a query of an index needs the index', 'index', 'dynamodb:Query', `${TABLE}/index/open`],
])('%s', async (_, name, action, resource) => {
  expect(await call(`${name}-first`)).toEqual(deniedOn(action, resource));
  expect(await call(`${name}-all`)).not.toMatch(/not authorized/);
});
