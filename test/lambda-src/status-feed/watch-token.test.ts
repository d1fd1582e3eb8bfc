import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import fc from 'fast-check';
import { WatchSecret } from '../../../lambda-src/status-feed/watch-secret';
import { isWatchToken, watchToken } from '../../../lambda-src/status-feed/watch-token';
import { AwsServices, BROKEN } from '../../support/aws-services';
import { readLogs } from '../../support/logs';

describe('a watch token', () => {
  test('is the signature of an order id, and stays the same', () => {
    // By `openssl dgst -sha256 -hmac secret`, in the letters of an address.
    expect(watchToken('secret', 'order-1')).toBe('9QjkI_oqVgHR4u0CS2RbfxeMlOfsiaDC3f-8xFJik84');
  });

  test('is right for its own order and secret alone', () => {
    fc.assert(fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (secret, otherSecret, orderId, otherId) => {
      fc.pre(secret !== otherSecret && orderId !== otherId);
      const token = watchToken(secret, orderId);
      expect(isWatchToken(token, secret, orderId)).toBe(true);
      expect(isWatchToken(token, secret, otherId)).toBe(false);
      expect(isWatchToken(token, otherSecret, orderId)).toBe(false);
    }));
  });

  test('is right only as it was given, letter for letter', () => {
    const token = watchToken('secret', 'order-1');
    fc.assert(fc.property(fc.oneof(fc.string(), fc.constantFrom(`${token}=`, `${token} `, token.slice(1), token.toLowerCase(), '')), given => {
      expect(isWatchToken(given, 'secret', 'order-1')).toBe(false);
    }));
  });
});

describe('the secret', () => {
  let services: AwsServices;
  let now: number;
  let secret: WatchSecret;
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
    secret = new WatchSecret(client, 'arn:secret', () => now);
  });
  afterEach(() => jest.restoreAllMocks());

  test('is read once, for all who need it in five minutes', async () => {
    const known = await Promise.all([secret.read(), secret.read()]);
    now = 299_999;
    expect([...known, await secret.read()]).toEqual(Array(3).fill('the secret behind the tokens'));
    expect(reads()).toBe(1);
    expect(services.calls[0].input).toEqual({ SecretId: 'arn:secret' });
  });

  test('is read again after that, so that a change of it is noticed', async () => {
    await secret.read();
    services.secret = 'another';
    now = 300_000;
    expect(await secret.read()).toBe('another');
  });

  test('serves on while it cannot be read again', async () => {
    await secret.read();
    services.mood = () => BROKEN;
    now = 300_000;

    expect(await secret.read()).toBe('the secret behind the tokens');

    expect(reads()).toBe(2);
    expect(logs[0]).toContain('the watch secret was not read');
  });

  test('that could not be read is asked for again by the next who needs it', async () => {
    services.mood = () => BROKEN;
    await expect(secret.read()).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    services.mood = () => undefined;
    expect(await secret.read()).toBe('the secret behind the tokens');
  });

  test('that is empty is no secret', async () => {
    services.secret = undefined;
    await expect(secret.read()).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    expect(logs[0]).toContain('holds no text');
  });
});
