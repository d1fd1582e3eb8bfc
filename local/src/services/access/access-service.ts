import { MANAGED_POLICIES } from './managed-policies';
import { PolicyBook } from './policy-book';
import { CreatedResource } from '../../assembly';
import { Json, JsonObject } from '../../json';
import { PolicyDocument } from '../../permissions';
import { Resource } from '../resource';
import { Operation, ResourceType, Service } from '../service';
import { ServiceContext } from '../service-context';

/**
 * What a permission of a function depends on, by its properties.
 * https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
const PERMISSION_CONDITIONS: ReadonlyArray<readonly [string, string, string]> = [
  ['SourceArn', 'ArnLike', 'aws:SourceArn'],
  ['SourceAccount', 'StringEquals', 'aws:SourceAccount'],
  ['PrincipalOrgID', 'StringEquals', 'aws:PrincipalOrgID'],
  ['EventSourceToken', 'StringEquals', 'lambda:EventSourceToken'],
  ['FunctionUrlAuthType', 'StringEquals', 'lambda:FunctionUrlAuthType'],
  ['InvokedViaFunctionUrl', 'Bool', 'lambda:InvokedViaFunctionUrl'],
];

const MANAGED_BY_AWS = 'arn:aws:iam::aws:policy/';

/** What templates say about permissions: roles, policies and keys. They are kept in the book of policies. */
export class AccessService implements Service {
  public readonly name = 'access';
  public readonly operations: Readonly<Record<string, Operation>> = {};
  public readonly types: Readonly<Record<string, ResourceType>> = {
    'AWS::IAM::Role': {
      used: ['RoleName', 'AssumeRolePolicyDocument', 'ManagedPolicyArns', 'PermissionsBoundary', 'Policies', 'Path'],
      ignored: ['Description', 'MaxSessionDuration', 'Tags'],
      create: (resource) => this.createRole(resource),
    },
    'AWS::IAM::Policy': {
      used: ['PolicyName', 'PolicyDocument', 'Roles'],
      ignored: ['Groups', 'Users'],
      create: (resource) => {
        rolesOf(resource).forEach((role) => this.book.addToRole(role, placeOf(resource), documentOf(resource, 'PolicyDocument')));
        return { ref: resource.required('PolicyName'), attributes: { Id: resource.logicalId } };
      },
    },
    'AWS::IAM::RolePolicy': {
      used: ['PolicyName', 'PolicyDocument', 'RoleName'],
      ignored: [],
      create: (resource) => {
        const name = resource.required<string>('PolicyName');
        this.book.addToRole(iamArn(resource, `role/${resource.required<string>('RoleName')}`), placeOf(resource), documentOf(resource, 'PolicyDocument'));
        return { ref: name };
      },
    },
    'AWS::IAM::ManagedPolicy': {
      used: ['ManagedPolicyName', 'PolicyDocument', 'Roles', 'Path'],
      ignored: ['Description', 'Groups', 'Users'],
      create: (resource) => {
        const arn = iamArn(resource, `policy${pathOf(resource)}${resource.name('ManagedPolicyName')}`);
        this.book.addManaged(arn, placeOf(resource), documentOf(resource, 'PolicyDocument'));
        rolesOf(resource).forEach((role) => this.book.attach(arn, role));
        return { ref: arn, attributes: { PolicyArn: arn } };
      },
    },
    'AWS::KMS::Key': {
      used: ['KeyPolicy'],
      ignored: [
        'BypassPolicyLockoutSafetyCheck', 'Description', 'Enabled', 'EnableKeyRotation', 'KeySpec', 'KeyUsage', 'MultiRegion', 'Origin',
        'PendingWindowInDays', 'RotationPeriodInDays', 'Tags',
      ],
      create: (resource) => {
        const arn = resource.arn('kms', `key/${resource.logicalId}`);
        this.book.addKey(arn, resource.logicalId);
        this.book.addToResource(arn, placeOf(resource), documentOf(resource, 'KeyPolicy'));
        return { ref: resource.logicalId, attributes: { Arn: arn, KeyId: resource.logicalId } };
      },
    },
    'AWS::KMS::Alias': {
      used: ['AliasName', 'TargetKeyId'],
      ignored: [],
      create: (resource) => {
        const alias = resource.required<string>('AliasName');
        const target = resource.required<string>('TargetKeyId');
        this.book.addKey(target.startsWith('arn:') ? target : resource.arn('kms', `key/${target}`), alias, resource.arn('kms', alias));
        return { ref: alias };
      },
    },
    'AWS::SQS::QueuePolicy': this.policyOf('Queues', (url, { region, account }) => `arn:aws:sqs:${region}:${account}:${url.slice(url.lastIndexOf('/') + 1)}`),
    'AWS::SNS::TopicPolicy': this.policyOf('Topics', (arn) => arn),
    'AWS::SecretsManager::ResourcePolicy': this.policyOf('SecretId', (arn) => arn, 'ResourcePolicy'),
    'AWS::Events::EventBusPolicy': {
      used: ['EventBusName', 'Statement', 'StatementId', 'Action', 'Principal', 'Condition'],
      ignored: [],
      create: (resource) => {
        const statement = resource.get<JsonObject>('Statement') ?? accountStatement(resource);
        const bus = resource.arn('events', `event-bus/${resource.get<string>('EventBusName') ?? 'default'}`);
        this.book.addToResource(bus, placeOf(resource), { Version: '2012-10-17', Statement: [statement] });
        return { ref: resource.logicalId };
      },
    },
    'AWS::Lambda::Permission': {
      used: [
        'FunctionName', 'Action', 'Principal', 'SourceArn', 'SourceAccount', 'EventSourceToken', 'FunctionUrlAuthType', 'InvokedViaFunctionUrl',
        'PrincipalOrgID',
      ],
      ignored: [],
      create: (resource) => this.createPermission(resource),
    },
  };

  constructor(private readonly book: PolicyBook, { account, accountSettings }: Pick<ServiceContext, 'account' | 'accountSettings'>) {
    for (const [name, document] of Object.entries(MANAGED_POLICIES)) {
      book.addManaged(MANAGED_BY_AWS + name, name, document);
    }
    for (const [name, document] of Object.entries(accountSettings.policies)) {
      book.addManaged(name.startsWith('arn:') ? name : `arn:aws:iam::${account}:policy/${name}`, name, document);
    }
  }

  private createRole(resource: Resource): CreatedResource {
    const name = resource.name('RoleName');
    const arn = iamArn(resource, `role${pathOf(resource)}${name}`);
    const managed = resource.get<string[]>('ManagedPolicyArns') ?? [];
    const boundary = resource.get<string>('PermissionsBoundary');
    managed.forEach((policy) => this.requireKnown(resource, 'ManagedPolicyArns', policy));
    if (boundary !== undefined) {
      this.requireKnown(resource, 'PermissionsBoundary', boundary);
    }
    this.book.addRole(arn, managed, boundary);
    this.book.addToResource(arn, placeOf(resource), documentOf(resource, 'AssumeRolePolicyDocument'));
    for (const policy of resource.get<JsonObject[]>('Policies') ?? []) {
      this.book.addToRole(arn, `${placeOf(resource)} (${String(policy.PolicyName)})`, policy.PolicyDocument as unknown as PolicyDocument);
    }
    return { ref: name, attributes: { Arn: arn, RoleId: resource.logicalId } };
  }

  /** A policy that is passed over could be the one that admits, or the one that does not. */
  private requireKnown(resource: Resource, property: string, policy: string): void {
    if (!this.book.knowsManaged(policy)) {
      const name = policy.slice(policy.indexOf('policy/') + 'policy/'.length);
      throw resource.refuse(property, `names ${policy}, whose statements the local cloud does not know`,
        `give them as { account: { policies: { '${name}': { Version: '2012-10-17', Statement: [...] } } } }`);
    }
  }

  /** A permission is one statement of the function's policy. */
  private createPermission(resource: Resource): CreatedResource {
    const name = resource.required<string>('FunctionName');
    const arn = name.startsWith('arn:') ? name : resource.arn('lambda', `function:${name}`);
    const principal = resource.required<string>('Principal');
    this.book.addToResource(arn, placeOf(resource), {
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Action: resource.required<string>('Action'),
        Resource: arn,
        Principal: principal.endsWith('.amazonaws.com') ? { Service: principal } : principal === '*' ? '*' : { AWS: principal },
        Condition: PERMISSION_CONDITIONS.reduce<JsonObject>((block, [property, operator, key]) => {
          const value = resource.get<Json>(property);
          return value === undefined ? block : { ...block, [operator]: { ...block[operator] as JsonObject | undefined, [key]: value } };
        }, {}),
      }],
    });
    return { ref: resource.logicalId, attributes: { Id: resource.logicalId } };
  }

  /** A type that attaches one document to the resources that it lists. */
  private policyOf(list: string, arnOf: (reference: string, resource: Resource) => string, property = 'PolicyDocument'): ResourceType {
    return {
      used: [list, property],
      ignored: ['BlockPublicPolicy'],
      create: (resource) => {
        for (const reference of [resource.required<Json>(list)].flat()) {
          this.book.addToResource(arnOf(String(reference), resource), placeOf(resource), documentOf(resource, property));
        }
        return { ref: resource.logicalId, attributes: { Id: resource.logicalId } };
      },
    };
  }
}

/** How messages name a policy: by the resource that makes it. */
function placeOf({ stack, logicalId }: Resource): string {
  return `${stack}/${logicalId}`;
}

function documentOf(resource: Resource, property: string): PolicyDocument {
  return resource.required<JsonObject>(property) as unknown as PolicyDocument;
}

function pathOf(resource: Resource): string {
  return resource.get<string>('Path') ?? '/';
}

/** IAM has no regions. */
function iamArn({ account }: Resource, name: string): string {
  return `arn:aws:iam::${account}:${name}`;
}

/** Roles are listed by their names. */
function rolesOf(resource: Resource): string[] {
  return (resource.get<string[]>('Roles') ?? []).map((name) => iamArn(resource, `role/${name}`));
}

/** The older form of a bus's policy, which lets one account in. */
function accountStatement(resource: Resource): JsonObject {
  const principal = resource.required<string>('Principal');
  const condition = resource.get<{ Type: string; Key: string; Value: string }>('Condition');
  return {
    Sid: resource.required<string>('StatementId'),
    Effect: 'Allow',
    Action: resource.required<string>('Action'),
    Principal: principal === '*' ? '*' : { AWS: principal },
    Resource: '*',
    ...(condition && { Condition: { [condition.Type]: { [condition.Key]: condition.Value } } }),
  };
}
