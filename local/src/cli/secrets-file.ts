import { readJsonFile } from './json-file';
import { UsageError } from './usage-error';
import { isJsonObject } from '../json';
import { SecretValues } from '../services/secrets/given-secrets';

/** Values of secrets by name. */
export function readSecretsFile(file: string): SecretValues {
  const secrets = readJsonFile(file);
  const wrong = Object.keys(secrets).find((name) => typeof secrets[name] !== 'string' && !isJsonObject(secrets[name]));
  if (wrong !== undefined) {
    throw new UsageError(`${file}: '${wrong}' must be a text or an object, such as {"slack-webhook": "https://hooks.slack.com/..."}`);
  }
  return secrets as SecretValues;
}
