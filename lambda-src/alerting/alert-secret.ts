import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { logFailure } from '../log';
import { PATIENCE } from '../patience';

/** A secret that was changed is noticed within this time. */
const KEPT_FOR = 5 * 60_000;

/** What lets us tell a receiver, read when it is first needed. */
export class AlertSecret {
  private value?: string;
  private readAt = 0;
  private readonly client = new SecretsManagerClient({ requestHandler: PATIENCE });

  public constructor(private readonly arn: string, private readonly now: () => number) {}

  public async read(): Promise<string> {
    if (this.value !== undefined && this.now() - this.readAt < KEPT_FOR) return this.value;
    try {
      const { SecretString = '' } = await this.client.send(new GetSecretValueCommand({ SecretId: this.arn }));
      this.value = SecretString.trim();
      this.readAt = this.now();
    } catch (error) {
      logFailure('the secret of an alert target was not read', error);
      // While Secrets Manager is down, the secret that is known serves on: it hardly ever changes.
      if (this.value === undefined) throw error;
    }
    return this.value;
  }
}
