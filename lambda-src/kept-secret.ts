import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Failure } from './failure';
import { logFailure } from './log';
import { REQUEST_TIMEOUTS } from './request-timeouts';

/** A secret that was changed is noticed within this time. */
const KEPT_FOR = 5 * 60_000;

/** A secret that is read when it is first needed, and then kept for a while. */
export class KeptSecret {
  private value?: Promise<string>;
  private readAt = 0;

  public constructor(
    private readonly arn: string, private readonly now: () => number,
    private readonly client = new SecretsManagerClient({ requestHandler: REQUEST_TIMEOUTS }),
  ) {}

  public async read(): Promise<string> {
    const known = this.value;
    if (known && this.now() - this.readAt < KEPT_FOR) return known;
    this.readAt = this.now();
    this.value = this.fetch().catch(async error => {
      logFailure('a secret was not read', error, { secret: this.arn });
      this.value = known;
      // While Secrets Manager is down, the secret that is known serves on: it hardly ever changes.
      return known ?? Promise.reject(new Failure('ServiceUnavailable', 'a secret was not read: try again later', error));
    });
    return this.value;
  }

  private async fetch(): Promise<string> {
    const { SecretString } = await this.client.send(new GetSecretValueCommand({ SecretId: this.arn }));
    // Who pastes a secret easily pastes a line break with it.
    const text = SecretString?.trim();
    if (!text) throw new Failure('ServiceUnavailable', `the secret ${this.arn} holds no text: put one in`);
    return text;
  }
}
