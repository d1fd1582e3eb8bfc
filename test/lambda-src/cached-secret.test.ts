import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CachedSecret } from '../../lambda-src/cached-secret';
import { AwsServices, BROKEN } from '../support/aws-services';
import { readLogs } from '../support/logs';

let services: AwsServices;
let now: number;
let secret: CachedSecret;
let logs: string[];
const reads = () => services.count('GetSecretValue');
beforeAll(async () => { services = await AwsServices.start(); });
afterAll(async () => services.stop());
beforeEach(() => {
  services.reset();
  now = 0;
  logs = readLogs();
  const client = new SecretsManagerClient({
    endpoint: services.endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1,
  });
  secret = new CachedSecret('arn:secret', () => now, client);
});
afterEach(() => jest.restoreAllMocks());

test('a secret is read once in five minutes', async () => {
  const known = await Promise.all([secret.read(), secret.read()]);
  now = 299_999;
  expect([...known, await secret.read()]).toEqual(Array(3).fill('the secret behind the tokens'));
  expect(reads()).toBe(1);
  expect(services.calls[0].input).toEqual({ SecretId: 'arn:secret' });
});

test('a secret is read again after that, so that a change of it is noticed', async () => {
  await secret.read();
  services.secret = 'another';
  now = 300_000;
  expect(await secret.read()).toBe('another');
});

test('a cached secret is used while it cannot be read again', async () => {
  await secret.read();
  services.fault = () => BROKEN;
  now = 300_000;

  expect(await secret.read()).toBe('the secret behind the tokens');

  expect(reads()).toBe(2);
  expect(JSON.parse(logs[0])).toMatchObject({ what: 'a secret was not read', secret: 'arn:secret' });
});

test('a secret that could not be read is read again by the next caller', async () => {
  services.fault = () => BROKEN;
  await expect(secret.read()).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  services.fault = () => undefined;
  expect(await secret.read()).toBe('the secret behind the tokens');
});

test('a secret is trimmed of a pasted line break', async () => {
  services.secret = ' pasted\n';
  expect(await secret.read()).toBe('pasted');
});

test.each([undefined, '', ' \n'])('a secret that is %p is no secret', async empty => {
  services.secret = empty;
  await expect(secret.read()).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  expect(logs[0]).toContain('is empty');
});
