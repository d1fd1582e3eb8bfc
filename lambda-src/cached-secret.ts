import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Failure } from './failure';
import { logFailure } from './log';
import { REQUEST_TIMEOUTS } from './request-timeouts';

/** A changed secret is noticed within this time. */
const CACHED_FOR = 5 * 60_000;

/** A secret that is read when it is first needed, and then cached. */
export class CachedSecret {
  private value?: Promise<string>;
  private readAt = 0;

  public constructor(
    private readonly arn: string, private readonly now: () => number,
    private readonly client = new SecretsManagerClient({ requestHandler: REQUEST_TIMEOUTS }),
  ) {}

  public async read(): Promise<string> {
    const cached = this.value;
    if (cached && this.now() - this.readAt < CACHED_FOR) return cached;
    this.readAt = this.now();
    this.value = this.fetch().catch(async error => {
      logFailure('a secret was not read', error, { secret: this.arn });
      this.value = cached;
      // During an outage of Secrets Manager the cached secret is used: it hardly ever changes.
      return cached ?? Promise.reject(new Failure('ServiceUnavailable', 'a secret was not read: retry later', error));
    });
    return this.value;
  }

  private async fetch(): Promise<string> {
    const { SecretString } = await this.client.send(new GetSecretValueCommand({ SecretId: this.arn }));
    // A pasted secret often ends in a line break.
    const text = SecretString?.trim();
    if (!text) throw new Failure('ServiceUnavailable', `the secret ${this.arn} is empty: set its value`);
    return text;
  }
}
