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
  readonly everyone: boolean;
  /** ARNs of roles, users and sessions. */
  readonly arns: ReadonlySet<string>;
  /** Accounts, which a policy names by their root or their number. */
  readonly accounts: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

const ACCOUNT = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/;

export function readPrincipals(place: string, principal: unknown): PrincipalList {
  if (principal === '*') {
    return { everyone: true, arns: new Set(), accounts: new Set(), services: new Set() };
  }
  const { AWS, Service, ...others } = principal as Record<string, string | string[]>;
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw new PolicyError(`${place}: principals of the kind ${other} are not known`);
  }
  const named = [AWS ?? []].flat();
  const accountOf = (name: string) => ACCOUNT.exec(name)?.[1];
  return {
    everyone: named.includes('*'),
    arns: new Set(named.filter((name) => accountOf(name) === undefined)),
    accounts: new Set(named.flatMap((name) => accountOf(name) ?? [])),
    services: new Set([Service ?? []].flat()),
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

function isRoot(arn: string | undefined): boolean {
  return arn?.endsWith(':root') ?? false;
}
