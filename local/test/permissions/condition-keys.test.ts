import { Stack } from 'aws-cdk-lib';
import { Effect, OpenIdConnectPrincipal, OpenIdConnectProvider, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { allow, deny, ROLE } from './statements';
import { LocalCloudOptions } from '../../src';
import { isKnownKey } from '../../src/services/access/condition-keys';
import { readKnownPolicy } from '../../src/services/access/read-known-policy';
import { inlineFunction, openCloud } from '../services/cloud-fixture';

/** Makes the resources and ends them again. */
async function create(describe: (stack: Stack) => void, options: LocalCloudOptions = {}): Promise<void> {
  await (await openCloud(describe, options)).cloud.close();
}

/** What constructs of CDK write, as a search of aws-cdk-lib shows. */
it.each([
  'aws:SecureTransport', 'aws:SourceArn', 'AWS:SourceAccount', 'aws:RequestTag/owner', 'aws:TagKeys', 'iam:PassedToService', 'iam:AWSServiceName',
  'kms:ViaService', 'kms:CallerAccount', 'kms:ResourceAliases', 'kms:EncryptionContext:aws:states:stateMachineArn', 'kms:EncryptionContext:aws:states:activityArn',
  'kms:EncryptionContext:SourceArn', 'kms:EncryptionContext:aws:logs:arn', 'kms:EncryptionContext:aws:events:event-bus:arn', 'kms:EncryptionContext:SecretARN',
  'lambda:FunctionUrlAuthType', 'lambda:InvokedViaFunctionUrl', 'secretsmanager:VersionStage', 'states:HTTPEndpoint', 'sts:ExternalId', 's3:prefix',
])('the condition key %s is known', (key) => {
  expect(isKnownKey(key)).toBe(true);
});

it.each([
  'aws:SourceIp', 'aws:SourceVpce', 'aws:PrincipalOrgID', 'aws:PrincipalTag/team', 'aws:ResourceTag/team', 'aws:CurrentTime', 'aws:UserAgent',
  'aws:SourceAcount', 'dynamodb:LeadingKeys', 'kms:EncryptionContext:aws:dynamodb:tableName', 'ses:Recipients', 'states:StateMachineQualifier',
])('the condition key %s is not known', (key) => {
  expect(isKnownKey(key)).toBe(false);
});

describe('a statement that looks at a key that is not known', () => {
  const Condition = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
  const read = (statement: object) => readKnownPolicy('test', { Version: '2012-10-17', Statement: statement as Record<string, unknown> });

  it.each<[string, object]>([
    ['allows', allow({ Condition })],
    ['denies', deny({ Condition, Action: '*' })],
    ['denies all but some actions', deny({ Condition, Action: undefined, NotAction: 's3:*' })],
    ['names a resource by it', allow({ Resource: 'arn:aws:dynamodb:us-east-1:123456789012:table/${aws:SourceIp}' })],
    ['compares with it', allow({ Condition: { StringEquals: { 'aws:SourceAccount': '${aws:SourceIp}' } } })],
    ['admits a role', allow({ Condition, Principal: { AWS: ROLE } })],
  ])('is refused by name if it %s', (_, statement) => {
    expect(() => read(statement)).toThrow('test, statement 1: the condition key aws:SourceIp is not known for calls that run locally');
  });

  it.each<[string, object]>([
    ['is about a service that does not run here', allow({ Condition, Action: ['s3:*', 'ec2:*'] })],
    ['admits whom an identity provider vouches for', allow({ Condition, Principal: { Federated: 'accounts.google.com' } })],
  ])('decides nothing if it %s', (_, statement) => {
    expect(read(statement)).toHaveLength(1);
  });
});

describe('a stack', () => {
  const limited = (stack: Stack) => {
    inlineFunction(stack, 'run', 'async () => {}').addToRolePolicy(new PolicyStatement({
      effect: Effect.DENY, actions: ['sqs:*'], resources: ['*'], conditions: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } },
    }));
  };

  it('that depends on a key that is not known is refused', async () => {
    await expect(create(limited)).rejects.toThrow(/runServiceRoleDefaultPolicy\w+, statement 1: the condition key aws:PrincipalOrgID is not known for calls that run locally/);
  });

  it('is created where permissions decide nothing', async () => {
    await create(limited, { permissions: 'off' });
  });

  it('may have roles for those whom an identity provider vouches for', async () => {
    await create((stack) => {
      const provider = OpenIdConnectProvider.fromOpenIdConnectProviderArn(stack, 'Provider', 'arn:aws:iam::000000000000:oidc-provider/ci.example');
      new Role(stack, 'Deploy', { assumedBy: new OpenIdConnectPrincipal(provider, { StringLike: { 'ci.example:sub': 'main' } }) });
    });
  });

  it('that lets an organization invoke a function is refused, and not open to all', async () => {
    await expect(create((stack) => {
      const run = inlineFunction(stack, 'run', 'async () => {}');
      new CfnPermission(stack, 'Open', { functionName: run.functionName, action: 'lambda:InvokeFunction', principal: '*', principalOrgId: 'o-1' });
    })).rejects.toThrow(/Test\/Open.*the condition key aws:PrincipalOrgID is not known/);
  });
});

describe('a condition', () => {
  it('about the stage of a secret is that of the call', async () => {
    const { cloud } = await openCloud((stack) => {
      const secret = new Secret(stack, 'Secret', { secretName: 'shop' });
      secret.grantRead(inlineFunction(stack, 'current', READ), ['AWSCURRENT']);
      secret.grantRead(inlineFunction(stack, 'previous', READ), ['AWSPREVIOUS']);
    }, { onDenied: () => undefined });
    const caller = { kind: 'outside', name: 'test' } as const;
    const read = async (FunctionName: string) =>
      JSON.parse(String((await cloud.calls.perform({ service: 'lambda', operation: 'Invoke', input: { FunctionName, Payload: '{}' }, caller })).Payload)) as string;
    expect(await read('current')).toBe('read');
    expect(await read('previous')).toMatch(/not authorized to perform: secretsmanager:GetSecretValue/);
    await cloud.close();
  });
});

const READ = `async () => {
  const { SecretsManagerClient, GetSecretValueCommand } = require('@aws-sdk/client-secrets-manager');
  return new SecretsManagerClient({ maxAttempts: 1 }).send(new GetSecretValueCommand({ SecretId: 'shop' })).then(() => 'read', ({ message }) => message);
}`;
