import { adviceOn } from './advice';
import { accountIdentity, Identity, roleIdentity, serviceIdentity } from './caller-principal';
import { CallerRoles } from './caller-roles';
import { denialOf } from './denial';
import { Judge } from './judge';
import { Made } from './made';
import { Need } from './need';
import { PermissionMode } from './permission-mode';
import { PolicyBook } from './policy-book';
import { Decision } from '../../permissions';
import { Caller, ServiceCall } from '../service';

/** A call that was denied, or would have been. */
export interface DeniedCall {
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
  /** The role in whose name it was made, or the service. */
  readonly principal: string;
  /** As the service says it. */
  readonly message: string;
  /** The line of the CDK app that grants it; none where a statement denies it. */
  readonly remedy?: string;
  /** All of this in one sentence, with the constructs' paths. */
  readonly advice: string;
}

/** Decides each call before it has an effect. */
export class Guard {
  public readonly denied: DeniedCall[] = [];
  private readonly decisions = new Map<string, Decision>();
  private readonly reported = new Set<string>();

  constructor(
    private readonly judge: Judge,
    private readonly book: PolicyBook,
    private readonly callers: CallerRoles,
    private readonly account: string,
    public readonly mode: PermissionMode,
    private readonly made: Made,
    private readonly onDenied: (call: DeniedCall) => void,
  ) {}

  /** Throws the service's own error if the caller may not do this. */
  public check({ service, caller: given }: ServiceCall, needs: () => readonly Need[]): void {
    if (this.mode === 'off') {
      return;
    }
    const caller = this.callers.resolve(given);
    const identity = this.identityOf(caller);
    if (!identity) {
      return;
    }
    for (const one of needs().filter((candidate) => this.isJudged(identity, candidate))) {
      const decision = this.decide(identity, one);
      if (!decision.allowed) {
        const error = denialOf(service, identity.principal, one, decision);
        this.report({
          caller,
          action: one.action,
          resource: one.resources[0],
          principal: identity.principal.arn ?? identity.principal.service ?? '',
          message: error.message,
          ...adviceOn(caller, one, decision, this.made),
        });
        if (this.mode === 'enforce') {
          throw error;
        }
      }
    }
  }

  /** What admits a service is the resource's policy: that of a resource that no template makes is not known. */
  private isJudged({ principal }: Identity, { resources: [resource] }: Need): boolean {
    return principal.service === undefined || this.made.has(resource);
  }

  /** The policies stand once everything is created: each kind of call is judged once. */
  private decide(identity: Identity, one: Need): Decision {
    const key = JSON.stringify([identity, one]);
    const decision = this.decisions.get(key) ?? this.judge.decide(identity, one);
    this.decisions.set(key, decision);
    return decision;
  }

  private identityOf(caller: Caller): Identity | undefined {
    const identity = this.principalOf(caller);
    return identity && caller.withoutTls ? { ...identity, context: { ...identity.context, 'aws:SecureTransport': 'false' } } : identity;
  }

  /** Undefined for what the services do by themselves, and for roles that no template makes. */
  private principalOf(caller: Caller): Identity | undefined {
    const { as, kind, name } = caller;
    if (as && 'service' in as) {
      return serviceIdentity(as.service, as.sourceArn);
    }
    const role = this.callers.roleOf(caller);
    if (role !== undefined) {
      return this.book.knowsRole(role) ? roleIdentity(role, name) : undefined;
    }
    return kind === 'outside' ? accountIdentity(this.account) : undefined;
  }

  private report(call: DeniedCall): void {
    this.denied.push(call);
    const kind = `${call.principal} ${call.action} ${call.resource}`;
    if (!this.reported.has(kind)) {
      this.reported.add(kind);
      this.onDenied(call);
    }
  }
}
