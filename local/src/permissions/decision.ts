import { fits } from './pattern';
import { isDenied, namesItself, namesItsAccount, namesItsSession, Principal, PrincipalList } from './principals';
import { ContextValues, RequestContext } from './request-context';
import { Listed, Statement } from './statement';

/** A call, as policies see it. */
export interface Access {
  readonly principal: Principal;
  /** `service:Operation`. */
  readonly action: string;
  /** The ARN of what it is done to, or `*` where the service knows no resources. */
  readonly resource: string;
  readonly context?: ContextValues;
}

/** The policies that have a say in a call. */
export interface Policies {
  /** Those of the principal's role. */
  readonly identity: readonly Statement[];
  /** The role's permissions boundary, if it has one. */
  readonly boundary?: readonly Statement[];
  /** That of the resource. */
  readonly resource?: readonly Statement[];
  /** The resource leaves nothing to the account unless its policy says so, as keys do. */
  readonly resourceDecides?: boolean;
}

export type PolicyKind = 'identity' | 'boundary' | 'resource';

export type Decision =
  | { readonly allowed: true; readonly by: readonly Statement[] }
  /** Denied by statements of this kind of policy; without statements, because no policy of this kind allows it. */
  | { readonly allowed: false; readonly denials: readonly Statement[]; readonly by: PolicyKind };

/**
 * Decides a call within one account: what is denied explicitly is denied, what nothing allows is denied too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(access: Access, policies: Policies): Decision {
  const call = { ...access, action: access.action.toLowerCase(), known: new RequestContext(access.context ?? {}) };
  const { principal } = access;
  const applying = (statements: readonly Statement[] = [], effect: Statement['effect']) =>
    statements.filter((statement) => statement.effect === effect && applies(statement, call));
  const names = (list: PrincipalList | undefined, isNamed: typeof namesItself) => list !== undefined && isNamed(list, principal);
  const resourceAllows = applying(policies.resource, 'Allow');
  const denying: Record<PolicyKind, Statement[]> = {
    identity: applying(policies.identity, 'Deny'),
    boundary: applying(policies.boundary, 'Deny'),
    resource: applying(policies.resource, 'Deny').filter(({ principals }) =>
      principals !== undefined && isDenied(principals, principal, policies.boundary !== undefined)),
  };
  const denier = POLICY_KINDS.find((kind) => denying[kind].length > 0);
  if (denier) {
    return { allowed: false, denials: denying[denier], by: denier };
  }
  const isWithinBoundary = !policies.boundary || applying(policies.boundary, 'Allow').length > 0;
  const byResource = resourceAllows.filter(({ principals }) =>
    names(principals, isWithinBoundary ? namesItself : namesItsSession));
  const isLeftToAccount = !policies.resourceDecides || resourceAllows.some(({ principals }) => names(principals, namesItsAccount));
  const byIdentity = isLeftToAccount && isWithinBoundary ? applying(policies.identity, 'Allow') : [];
  if (byResource.length + byIdentity.length > 0) {
    return { allowed: true, by: [...byResource, ...byIdentity] };
  }
  if (principal.service !== undefined || !isLeftToAccount) {
    return { allowed: false, denials: [], by: 'resource' };
  }
  return { allowed: false, denials: [], by: isWithinBoundary ? 'identity' : 'boundary' };
}

const POLICY_KINDS: readonly PolicyKind[] = ['identity', 'boundary', 'resource'];

interface Call extends Access {
  readonly known: RequestContext;
}

function applies(statement: Statement, { action, resource, known }: Call): boolean {
  return isListed(statement.actions, (pattern) => fits(pattern, action))
    && (statement.resources === undefined || isListed(statement.resources, (matches) => matches(resource, known)))
    && statement.conditions.every((condition) => condition.holds(known));
}

function isListed<T>({ except, values }: Listed<T>, matches: (value: T) => boolean): boolean {
  return values.some(matches) !== except;
}
