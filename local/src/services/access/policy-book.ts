import { machineOf } from './execution-arn';
import { readKnownPolicy } from './read-known-policy';
import { PolicyDocument, readPolicy, Statement } from '../../permissions';

/** Every policy of the templates, and to what it is attached. */
export class PolicyBook {
  private readonly ofRoles = new Map<string, Statement[]>();
  private readonly ofResources = new Map<string, Statement[]>();
  /** What admits callers to a resource until it gets a policy. */
  private readonly byDefault = new Map<string, Statement[]>();
  private readonly boundaries = new Map<string, string>();
  private readonly managed = new Map<string, readonly Statement[]>();
  private readonly attachedTo = new Map<string, string[]>();
  /** Roles by who uses them: functions by name, state machines by ARN. */
  private readonly users = new Map<string, string>();
  /** The ARNs of keys, by all their names. */
  private readonly keys = new Map<string, string>();
  private readonly encryptedWith = new Map<string, string>();

  /** @param isDecisive calls are decided by these policies, so that all that they depend on has to be known */
  constructor(private readonly isDecisive = true) {}

  /** A role that a template makes; others are not known, and what they may do is not judged. */
  public addRole(arn: string, managedPolicies: readonly string[], boundary?: string): void {
    this.ofRoles.set(arn, this.ofRoles.get(arn) ?? []);
    managedPolicies.forEach((policy) => this.attach(policy, arn));
    if (boundary !== undefined) {
      this.boundaries.set(arn, boundary);
    }
  }

  public knowsRole(arn: string): boolean {
    return this.ofRoles.has(arn);
  }

  public roles(): string[] {
    return [...this.ofRoles.keys()];
  }

  /** A policy that belongs to one role. */
  public addToRole(arn: string, name: string, document: PolicyDocument): void {
    this.ofRoles.set(arn, [...this.ofRoles.get(arn) ?? [], ...this.read(name, document)]);
  }

  public addManaged(arn: string, name: string, document: PolicyDocument): void {
    this.managed.set(arn, this.read(name, document));
  }

  /** Whether a managed policy's statements are known, as far as they matter. */
  public knowsManaged(arn: string): boolean {
    return !this.isDecisive || this.managed.has(arn);
  }

  public attach(policyArn: string, roleArn: string): void {
    this.attachedTo.set(roleArn, [...this.attachedTo.get(roleArn) ?? [], policyArn]);
  }

  /** A policy of a resource: of a queue, a topic, a function, a key, a bus, a secret, or the trust policy of a role. */
  public addToResource(arn: string, name: string, document: PolicyDocument): void {
    this.ofResources.set(arn, [...this.ofResources.get(arn) ?? [], ...this.read(name, document)]);
  }

  /** The policy that a service gives a resource, and that the first one of a template replaces. */
  public addByDefault(arn: string, name: string, document: PolicyDocument): void {
    this.byDefault.set(arn, readPolicy(name, document));
  }

  public useRole(user: string, roleArn: string): void {
    this.users.set(user, roleArn);
  }

  /** The role of a function, by its name. */
  public roleOfFunction(name: string): string | undefined {
    return this.users.get(name);
  }

  /** The role of the state machine to which an execution belongs. */
  public roleOfExecution(executionArn: string): string | undefined {
    return this.users.get(machineOf(executionArn));
  }

  public addKey(arn: string, ...otherNames: readonly string[]): void {
    [arn, ...otherNames].forEach((name) => this.keys.set(name, arn));
  }

  /** @param key the ARN, id or alias of the key that encrypts a resource, if it names one. Keys that no template makes are not judged. */
  public encrypt(arn: string, key: string | undefined): void {
    const known = key === undefined ? undefined : this.keys.get(key);
    if (known !== undefined) {
      this.encryptedWith.set(arn, known);
    }
  }

  public keyOf(arn: string): string | undefined {
    return this.encryptedWith.get(arn);
  }

  public aliasesOf(keyArn: string): string[] {
    return [...this.keys].flatMap(([name, arn]) => (arn === keyArn && name.startsWith('alias/') ? name : []));
  }

  public identityOf(roleArn: string): Statement[] {
    const attached = (this.attachedTo.get(roleArn) ?? []).flatMap((policy) => this.managed.get(policy) ?? []);
    return [...this.ofRoles.get(roleArn) ?? [], ...attached];
  }

  public boundaryOf(roleArn: string): readonly Statement[] | undefined {
    const boundary = this.boundaries.get(roleArn);
    return boundary === undefined ? undefined : this.managed.get(boundary);
  }

  public resourcePolicyOf(arn: string): readonly Statement[] {
    return this.ofResources.get(arn) ?? this.byDefault.get(arn) ?? [];
  }

  public allResourcePolicies(): Array<[string, readonly Statement[]]> {
    return [...this.ofResources];
  }

  private read(name: string, document: PolicyDocument): Statement[] {
    return this.isDecisive ? readKnownPolicy(name, document) : readPolicy(name, document);
  }
}
