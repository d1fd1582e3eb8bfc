import { generateSecret } from './generate-secret';
import { GivenSecrets } from './given-secrets';
import { MODEL } from './model.generated';
import { secretsNeeds } from './needs';
import { namesMeant, wholeArn } from './secret-id';
import { CreatedResource } from '../../assembly';
import { JsonObject } from '../../json';
import { randomHex } from '../../random';
import { NeedTable } from '../access/need';
import { Resource } from '../resource';
import { Caller, Operation, ResourceType, Service } from '../service';
import { ServiceContext } from '../service-context';
import { ServiceError } from '../service-error';

interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly value: string;
  readonly version: string;
}

/** Secrets Manager: secrets that exist on this machine only. */
export class SecretsService implements Service {
  public readonly name = 'secretsmanager';
  public readonly types: Readonly<Record<string, ResourceType>> = {
    'AWS::SecretsManager::Secret': {
      used: ['Name', 'SecretString', 'GenerateSecretString', 'KmsKeyId'],
      ignored: ['Description', 'ReplicaRegions', 'Tags', 'Type'],
      create: (resource) => this.create(resource),
    },
  };

  public readonly operations: Readonly<Record<string, Operation>> = {
    CreateSecret: ({ Name, SecretString }) => {
      const name = String(Name);
      if (this.find(name)) {
        throw new ServiceError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
      }
      return reference(this.put(name, this.arnOf(name), String(SecretString ?? '')));
    },
    GetSecretValue: ({ SecretId }, { caller }) => {
      const secret = this.existing(String(SecretId), caller);
      return { ...reference(secret), SecretString: secret.value, VersionStages: ['AWSCURRENT'] };
    },
    PutSecretValue: ({ SecretId, SecretString }, { caller }) => {
      const { name, arn } = this.existing(String(SecretId), caller);
      return reference(this.put(name, arn, String(SecretString)));
    },
  };

  public readonly model = MODEL;
  public readonly needs: NeedTable;
  private readonly secrets = new Map<string, Secret>();
  private readonly missing = new Set<string>();
  private readonly place: string;

  constructor(private readonly context: ServiceContext, private readonly given: GivenSecrets) {
    this.place = `arn:aws:secretsmanager:${context.region}:${context.account}`;
    this.needs = secretsNeeds(context.policies, (id) => this.arnOf(String(id)));
  }

  private create(resource: Resource): CreatedResource {
    const name = resource.name('Name');
    const arn = wholeArn(resource.arn('secretsmanager', `secret:${name}`), name, this.place);
    this.context.policies.encrypt(arn, resource.get('KmsKeyId'));
    const value = this.given.for(resource, name)
      ?? resource.get<string>('SecretString')
      ?? generateSecret(resource.get<JsonObject>('GenerateSecretString') ?? {}, this.context.random);
    this.put(name, arn, value);
    return { ref: arn, attributes: { Id: arn } };
  }

  private put(name: string, arn: string, value: string): Secret {
    const secret = { name, arn, value, version: randomHex(this.context.random, 32) };
    this.secrets.set(name, secret);
    return secret;
  }

  private find(id: string): Secret | undefined {
    const names = namesMeant(id);
    const known = names.find((name) => this.secrets.has(name));
    if (known !== undefined) {
      return this.secrets.get(known);
    }
    const given = [id, ...names].find((name) => this.given.named(name) !== undefined);
    return given === undefined ? undefined : this.putGiven(given, id);
  }

  /** What is given for an ARN belongs to the name in it. */
  private putGiven(given: string, id: string): Secret {
    const name = namesMeant(given).at(-1)!;
    return this.put(name, wholeArn(id, name, this.place), this.given.named(given)!);
  }

  private arnOf(id: string): string {
    const secret = this.find(id);
    return secret && !id.startsWith('arn:') ? secret.arn : wholeArn(id, secret?.name ?? namesMeant(id)[0], this.place);
  }

  private existing(id: string, caller: Caller): Secret {
    const secret = this.find(id);
    if (!secret) {
      this.report(namesMeant(id)[0], caller);
      throw new ServiceError('ResourceNotFoundException', 'Secrets Manager can\'t find the specified secret.');
    }
    return secret;
  }

  /** Functions often answer without a word that a secret is missing. */
  private report(name: string, { kind, name: caller }: Caller): void {
    const message = `the ${kind} ${caller} reads the secret ${name}, which no template makes: `
      + `give its value in a test as { secrets: { '${name}': '…' } }, to the command in the file of --secrets`;
    if (kind !== 'outside' && !this.missing.has(message)) {
      this.missing.add(message);
      this.context.warn(message);
    }
  }
}

function reference({ arn, name, version }: Secret): JsonObject {
  return { ARN: arn, Name: name, VersionId: version };
}
