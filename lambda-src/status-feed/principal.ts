/** The parts of a connect request that identify its caller. */
export interface ConnectContext {
  readonly connectionId: string;
  readonly authorizer?: { readonly principalId?: unknown } | null;
  readonly identity?: { readonly userArn?: unknown; readonly cognitoIdentityId?: unknown } | null;
}

/** A caller that may not connect. */
export const REFUSED = Symbol('refused');

const USER = /^arn:[^:]+:iam::\d+:(user\/|root$)/;
const SESSION = /^arn:[^:]+:sts::(\d+):assumed-role\/([^/]+)\//;
const ROLE = /^arn:[^:]+:iam::(\d+):role\/(?:.*\/)?([^/]+)$/;

/**
 * The principal of the Lambda authorizer, or the IAM caller; undefined without an authorizer.
 *
 * The ARN of a session ends with a name that its caller chose, or that all users of an identity pool share. Such users are
 * distinguished by their identity; any other session is refused, unless its role is admitted.
 *
 * @param admittedRoles the ARNs of the roles that give each of their callers a session name of its own
 */
export function principalOf({ authorizer, identity }: ConnectContext, admittedRoles: readonly string[]): string | typeof REFUSED | undefined {
  const [principalId, identityId, userArn] = [authorizer?.principalId, identity?.cognitoIdentityId, identity?.userArn].map(textOf);
  const named = principalId ?? identityId;
  if (named !== undefined || userArn === undefined) return named;
  return USER.test(userArn) || isAdmitted(userArn, admittedRoles) ? userArn : REFUSED;
}

/** The ARN of a session has the name of its role without the path. */
function isAdmitted(userArn: string, admittedRoles: readonly string[]): boolean {
  const [, account, name] = SESSION.exec(userArn) ?? [];
  return account !== undefined && admittedRoles.some(role => {
    const [, roleAccount, roleName] = ROLE.exec(role) ?? [];
    return roleAccount === account && roleName === name;
  });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
