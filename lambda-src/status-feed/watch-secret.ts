import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Failure } from '../failure';
import { logFailure } from '../log';

/** A secret that was changed is noticed within this time. */
const KEPT_FOR = 5 * 60_000;

/** The secret behind the watch tokens, read when it is first needed. */
export class WatchSecret {
  private value?: Promise<string>;
  private readAt = 0;

  public constructor(private readonly client: SecretsManagerClient, private readonly arn: string, private readonly now: () => number) {}

  public async read(): Promise<string> {
    const known = this.value;
    if (known && this.now() - this.readAt < KEPT_FOR) return known;
    this.readAt = this.now();
    this.value = this.fetch().catch(async error => {
      logFailure('the watch secret was not read', error);
      this.value = known;
      // While Secrets Manager is down, the secret that is known serves on: it hardly ever changes.
      return known ?? Promise.reject(new Failure('ServiceUnavailable', 'the watch secret was not read: try again later', error));
    });
    return this.value;
  }

  private async fetch(): Promise<string> {
    const { SecretString } = await this.client.send(new GetSecretValueCommand({ SecretId: this.arn }));
    if (!SecretString) throw new Failure('ServiceUnavailable', `the secret ${this.arn} holds no text: put one in`);
    return SecretString;
  }
}
