import { PolicyError } from './policy-error';

/** Who makes a call. */
export interface Principal {
  /** The role's ARN, or the account's root; a service has none. */
  readonly arn?: string;
  /** The ARN of the session in which a role is used. */
  readonly sessionArn?: string;
  /** The account that it belongs to; a service belongs to none. */
  readonly account?: string;
  /** The name of a service that calls in its own name: `sns.amazonaws.com`. */
  readonly service?: string;
}

/** The principals that a statement of a resource's policy names. */
export interface PrincipalList {
  /** It is about all but those that it names (`NotPrincipal`). */
  readonly except: boolean;
  readonly everyone: boolean;
  /** ARNs of roles, users and sessions. */
  readonly arns: ReadonlySet<string>;
  /** Accounts, which a policy names by their root or their number. */
  readonly accounts: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

const ACCOUNT = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/;
const ARN_OF_PRINCIPAL = /^arn:[^:*?]+:(iam|sts)::[^:*?]*:[^*?]+$/;

/**
 * Reads `Principal` or `NotPrincipal`. Those whom an identity provider vouches for (`Federated`) call nothing here: they are left out.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function readPrincipals(place: string, principal: unknown, except: boolean): PrincipalList {
  const { AWS, Service, Federated: _, ...others } = principal === '*' ? { AWS: '*' } : principal as Record<string, string | string[]>;
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw new PolicyError(`${place}: principals of the kind ${other} are not known`);
  }
  const named = [AWS ?? []].flat();
  const services = [Service ?? []].flat();
  const accountOf = (name: string) => ACCOUNT.exec(name)?.[1];
  const arns = named.filter((name) => name !== '*' && accountOf(name) === undefined);
  const wrong = [...arns.filter((name) => !ARN_OF_PRINCIPAL.test(name)), ...services.filter((name) => /[*?]/.test(name))][0];
  if (wrong !== undefined) {
    throw new PolicyError(`${place}: ${JSON.stringify(wrong)} names no principal: give an account, the whole ARN of a role, user or session, or *`);
  }
  return {
    except,
    everyone: named.includes('*'),
    arns: new Set(arns),
    accounts: new Set(named.flatMap((name) => accountOf(name) ?? [])),
    services: new Set(services),
  };
}

/** Whether a statement names the principal itself, and not only its account. */
export function namesItself(list: PrincipalList, { arn, sessionArn, service, account }: Principal): boolean {
  return list.everyone
    || (arn !== undefined && list.arns.has(arn))
    || (sessionArn !== undefined && list.arns.has(sessionArn))
    || (service !== undefined && list.services.has(service))
    || (account !== undefined && isRoot(arn) && list.accounts.has(account));
}

/** Whether a statement names the very session: a permissions boundary of the role does not limit that. */
export function namesItsSession(list: PrincipalList, { sessionArn, service }: Principal): boolean {
  return list.everyone || (sessionArn !== undefined && list.arns.has(sessionArn)) || (service !== undefined && list.services.has(service));
}

/** Whether a statement names the principal's account: it leaves it to the account whom of its own it admits. */
export function namesItsAccount(list: PrincipalList, { account }: Principal): boolean {
  return account !== undefined && list.accounts.has(account);
}

/**
 * Whether a statement that denies is about the principal. `NotPrincipal` spares a role only where it names the role and the
 * account, and no role that has a permissions boundary.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function isDenied(list: PrincipalList, principal: Principal, hasBoundary: boolean): boolean {
  if (!list.except) {
    return namesItself(list, principal) || namesItsAccount(list, principal);
  }
  const { arn, account, service } = principal;
  const isSpared = list.everyone
    || (service !== undefined && list.services.has(service))
    || (account !== undefined && list.accounts.has(account) && (isRoot(arn) || list.arns.has(arn!)));
  return hasBoundary || !isSpared;
}

function isRoot(arn: string | undefined): boolean {
  return arn?.endsWith(':root') ?? false;
}
