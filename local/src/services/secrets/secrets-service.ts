import { generateSecret } from './generate-secret';
import { secretsNeeds } from './needs';
import { CreatedResource } from '../../assembly';
import { JsonObject } from '../../json';
import { randomHex } from '../../random';
import { NeedTable } from '../access/need';
import { Resource } from '../resource';
import { Operation, ResourceType, Service } from '../service';
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
    GetSecretValue: ({ SecretId }) => {
      const { arn, name, value, version } = this.find(String(SecretId));
      return { ARN: arn, Name: name, SecretString: value, VersionId: version, VersionStages: ['AWSCURRENT'] };
    },
    PutSecretValue: ({ SecretId, SecretString }) => {
      const { arn, name } = this.find(String(SecretId));
      this.put(name, arn, String(SecretString));
      return { ARN: arn, Name: name };
    },
  };

  public readonly needs: NeedTable;
  private readonly secrets = new Map<string, Secret>();

  constructor(private readonly context: ServiceContext) {
    this.needs = secretsNeeds(context.policies, context.region, (id) => this.find(String(id)).arn);
  }

  private create(resource: Resource): CreatedResource {
    const name = resource.name('Name');
    const arn = resource.arn('secretsmanager', `secret:${name}-local`);
    this.context.policies.encrypt(arn, resource.get('KmsKeyId'));
    const value = resource.get<string>('SecretString')
      ?? generateSecret(resource.get<JsonObject>('GenerateSecretString') ?? {}, this.context.random);
    this.put(name, arn, value);
    return { ref: arn, attributes: { Id: arn } };
  }

  private put(name: string, arn: string, value: string): void {
    this.secrets.set(arn, { name, arn, value, version: randomHex(this.context.random, 32) });
  }

  private find(id: string): Secret {
    const secret = this.secrets.get(id) ?? [...this.secrets.values()].find(({ arn, name }) => name === id || arn === `${id}-local`);
    if (!secret) {
      throw new ServiceError('ResourceNotFoundException', 'Secrets Manager can\'t find the specified secret.');
    }
    return secret;
  }
}
