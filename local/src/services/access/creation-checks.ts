import { Identity, roleIdentity, serviceIdentity } from './caller-principal';
import { Judge } from './judge';
import { Need, need } from './need';
import { PermissionMode } from './permission-mode';
import { PolicyBook } from './policy-book';
import { Resource } from '../resource';

/** What AWS looks at before it creates something that works with a role. Policies that are made later do not count. */
export class CreationChecks {
  constructor(
    private readonly judge: Judge,
    private readonly book: PolicyBook,
    private readonly mode: PermissionMode,
    private readonly onWarning: (message: string) => void,
  ) {}

  /** Refuses a resource whose role the service cannot assume. */
  public requireTrust(resource: Resource, property: string, roleArn: string, service: string, sourceArn: string, words: string): void {
    this.require(resource, property, roleArn, serviceIdentity(service, sourceArn), [need('sts:AssumeRole', roleArn)], words,
      `let ${service} assume the role`);
  }

  /** Whether a service may assume a role, as a call that hands the role to it must know. */
  public isTrusted(roleArn: string, service: string, sourceArn: string): boolean {
    return this.mode !== 'enforce' || this.missing(roleArn, serviceIdentity(service, sourceArn), [need('sts:AssumeRole', roleArn)]) === undefined;
  }

  /** Refuses a resource whose role may not do what it is created for. */
  public requireAccess(resource: Resource, property: string, roleArn: string, needs: readonly Need[], words: string): void {
    this.require(resource, property, roleArn, roleIdentity(roleArn, 'creation'), needs, words,
      'grant it, and let the resource depend on the grant');
  }

  private require(
    resource: Resource, property: string, roleArn: string, identity: Identity, needs: readonly Need[], words: string, remedy: string,
  ): void {
    const missing = this.mode === 'off' ? undefined : this.missing(roleArn, identity, needs);
    if (missing) {
      const refusal = resource.refuse(property, `is refused: ${words} (${missing.action} on ${missing.resources[0]})`, remedy);
      if (this.mode === 'enforce') {
        throw refusal;
      }
      this.onWarning(refusal.message);
    }
  }

  /** Roles that no template makes are not known, and lack nothing. */
  private missing(roleArn: string, identity: Identity, needs: readonly Need[]): Need | undefined {
    return this.book.knowsRole(roleArn) ? needs.find((one) => !this.judge.decide(identity, one).allowed) : undefined;
  }
}
