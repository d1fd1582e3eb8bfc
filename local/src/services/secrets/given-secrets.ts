import { JsonObject } from '../../json';
import { Resource } from '../resource';

/** Values of secrets by name; an object is given as JSON. */
export type SecretValues = Readonly<Record<string, string | JsonObject>>;

/** The secrets that a test or a file gives: of those that a template makes, and of those that exist beside the app. */
export class GivenSecrets {
  constructor(private readonly values: SecretValues = {}) {}

  /** The value for a secret that a template makes. */
  public for(resource: Resource, name: string): string | undefined {
    const key = Object.keys(this.values).find((given) => given === name || resource.isMeantBy(given));
    return key === undefined ? undefined : this.named(key);
  }

  public named(name: string): string | undefined {
    const value = Object.hasOwn(this.values, name) ? this.values[name] : undefined;
    return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
  }
}
