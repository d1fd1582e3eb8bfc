import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Stack } from 'aws-cdk-lib';
import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { inlineFunction, openCloud, TestCloud } from './cloud-fixture';
import { LocalCloudOptions } from '../../src';

const READ = `async () => {
  const { SecretsManagerClient, GetSecretValueCommand } = require('@aws-sdk/client-secrets-manager');
  const read = new GetSecretValueCommand({ SecretId: process.env.SECRET });
  return new SecretsManagerClient({}).send(read).then(({ SecretString }) => SecretString, ({ name, message }) => name + ': ' + message);
}`;
const PLACE = 'arn:aws:secretsmanager:us-east-1:000000000000:secret';

let running: TestCloud | undefined;
let warnings: string[];

beforeEach(() => {
  warnings = [];
});

afterEach(() => running?.cloud.close());

/** A function that may read a secret, and reads it. */
function reader(stack: Stack, secret: ISecret, named = secret.secretArn): void {
  secret.grantRead(inlineFunction(stack, 'read', READ, { environment: { SECRET: named } }));
}

async function readIn(describe: (stack: Stack) => void, options: LocalCloudOptions = {}): Promise<unknown> {
  running = await openCloud(describe, { onWarning: (message) => warnings.push(message), ...options });
  const caller = { kind: 'outside', name: 'test' } as const;
  const { Payload } = await running.cloud.calls.perform({ service: 'lambda', operation: 'Invoke', input: { FunctionName: 'read', Payload: '{}' }, caller });
  return JSON.parse(String(Payload));
}

describe('a function reads the value that a test gives', () => {
  it.each<[string, (stack: Stack) => void]>([
    ['to a secret imported by name', (stack) => reader(stack, Secret.fromSecretNameV2(stack, 'Slack', 'slack-webhook'))],
    ['to a secret imported by name, which it names by its name', (stack) => reader(stack, Secret.fromSecretNameV2(stack, 'Slack', 'slack-webhook'), 'slack-webhook')],
    ['to a secret imported by its ARN', (stack) => reader(stack, Secret.fromSecretCompleteArn(stack, 'Slack', `${PLACE}:slack-webhook-AbCdEf`))],
    ['to a secret of another account', (stack) => reader(stack, Secret.fromSecretCompleteArn(stack, 'Slack', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack-webhook-AbCdEf'))],
    ['to a secret that the template makes with this name', (stack) => reader(stack, new Secret(stack, 'Slack', { secretName: 'slack-webhook' }))],
    ['to a secret that the template makes at this path', (stack) => reader(stack, new Secret(stack, 'slack-webhook'))],
  ])('%s', async (_, describe) => {
    expect(await readIn(describe, { secrets: { 'slack-webhook': 'https://hooks.slack.com/x' } })).toBe('https://hooks.slack.com/x');
    expect(warnings).toEqual([]);
  });

  it('to a secret whose name ends like an ARN', async () => {
    expect(await readIn((stack) => reader(stack, Secret.fromSecretNameV2(stack, 'Slack', 'my-secret')), { secrets: { 'my-secret': 'x' } })).toBe('x');
  });

  it('by the ARN of the secret, and as JSON', async () => {
    const arn = `${PLACE}:stripe-AbCdEf`;
    const answer = await readIn((stack) => reader(stack, Secret.fromSecretCompleteArn(stack, 'Stripe', arn)), { secrets: { [arn]: { apiKey: 'sk' } } });
    expect(answer).toBe('{"apiKey":"sk"}');
  });

  it('only where it may read the secret', async () => {
    const answer = await readIn(
      (stack) => void inlineFunction(stack, 'read', READ, { environment: { SECRET: 'slack-webhook' } }),
      { secrets: { 'slack-webhook': 'x' }, onDenied: () => undefined },
    );
    expect(answer).toMatch(/^AccessDeniedException: .*secretsmanager:GetSecretValue on resource: .*:secret:slack-webhook-local0 /);
  });
});

it('a secret that is missing is named once, with the function that reads it and how to give it', async () => {
  const missing = 'ResourceNotFoundException: Secrets Manager can\'t find the specified secret.';
  expect(await readIn((stack) => reader(stack, Secret.fromSecretNameV2(stack, 'Slack', 'slack-webhook')))).toBe(missing);
  expect(warnings).toEqual([
    'the function read reads the secret slack-webhook, which no template makes: '
    + 'give its value in a test as { secrets: { \'slack-webhook\': \'…\' } }, to the command in the file of --secrets',
  ]);
});

it('a secret is created by a call, once', async () => {
  await readIn((stack) => reader(stack, Secret.fromSecretNameV2(stack, 'Slack', 'slack-webhook')));
  const client = new SecretsManagerClient(running!.cloud.clientConfig);
  const create = () => client.send(new CreateSecretCommand({ Name: 'slack-webhook', SecretString: 'made' }));
  expect((await create()).ARN).toBe(`${PLACE}:slack-webhook-local0`);
  expect((await client.send(new GetSecretValueCommand({ SecretId: `${PLACE}:slack-webhook` }))).SecretString).toBe('made');
  await expect(create()).rejects.toMatchObject({ name: 'ResourceExistsException' });
});
