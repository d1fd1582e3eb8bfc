import { ResourceName, resourceNamed } from './named-resource';
import { DeployedStack } from '../runtime/deployment';
import { roleIdentity } from '../services/access/caller-principal';
import { DeniedCall, Guard } from '../services/access/guard';
import { Judge } from '../services/access/judge';
import { need } from '../services/access/need';
import { PermissionMode } from '../services/access/permission-mode';
import { PolicyBook } from '../services/access/policy-book';
import { StatementUse, usesOfResources, usesOfRoles } from '../services/access/statement-use';

const FUNCTION = ['AWS::Lambda::Function'];

/** What became of a role's permissions. */
export interface RolePermissions {
  readonly role: string;
  readonly statements: readonly StatementUse[];
  readonly denied: readonly DeniedCall[];
}

/** What the policies of the templates allowed and denied, for use in tests. */
export class Permissions {
  constructor(
    private readonly stacks: readonly DeployedStack[],
    private readonly book: PolicyBook,
    private readonly judge: Judge,
    private readonly guard: Guard,
  ) {}

  public get mode(): PermissionMode {
    return this.guard.mode;
  }

  /** The calls that were denied, oldest first; with `warn` those that would have been. */
  public get denied(): readonly DeniedCall[] {
    return this.guard.denied;
  }

  /** For each statement that allows something what it was good for so far: those of roles, and those of resources. */
  public uses(): StatementUse[] {
    return [...usesOfRoles(this.book, this.judge), ...usesOfResources(this.book, this.judge)];
  }

  /** The statements that allowed no call so far. */
  public unused(): StatementUse[] {
    return this.uses().filter(({ used }) => used.length === 0);
  }

  /** What each role used and was denied. */
  public byRole(): RolePermissions[] {
    const uses = usesOfRoles(this.book, this.judge);
    return this.book.roles().map((role) => ({
      role,
      statements: uses.filter(({ of }) => of === role),
      denied: this.denied.filter(({ principal }) => principal === role),
    }));
  }

  /**
   * Whether a function may do something to a resource.
   * @param action as policies write it, such as `dynamodb:PutItem`
   * @param resource its construct or a part of its path, or an ARN
   */
  public may(functionName: ResourceName, action: string, resource: ResourceName): boolean {
    const { ref } = resourceNamed(this.stacks, functionName, FUNCTION, 'function');
    const role = this.book.roleOfFunction(ref)!;
    if (!this.book.knowsRole(role)) {
      throw new Error(`${ref} has the role ${role}, which no template makes: what it may do is not known here`);
    }
    return this.judge.judge(roleIdentity(role, ref), need(action, this.arnOf(resource))).allowed;
  }

  private arnOf(resource: ResourceName): string {
    if (typeof resource === 'string' && resource.startsWith('arn:')) {
      return resource;
    }
    const all = this.stacks.flatMap(({ resources }) => resources).filter(({ arn }) => arn !== undefined);
    return resourceNamed(this.stacks, resource, [...new Set(all.map(({ type }) => type))], 'resource').arn!;
  }
}
