import { conditionHolds } from './plain-conditions';
import { glob, globOfArn } from './plain-patterns';

/**
 * The rules of policies once more, as plainly as they can be written: from the documents themselves, statement by statement,
 * with a recursion for wildcards. It is slow, and shares nothing with what it checks.
 */
export interface PlainStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Principal?: PlainPrincipal;
  readonly NotPrincipal?: PlainPrincipal;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export type PlainPrincipal = '*' | { readonly AWS?: readonly string[]; readonly Service?: readonly string[] };

export interface PlainCall {
  readonly role?: string;
  readonly session?: string;
  readonly account?: string;
  readonly service?: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

export interface PlainPolicies {
  readonly identity: readonly PlainStatement[];
  readonly boundary?: readonly PlainStatement[];
  readonly resource: readonly PlainStatement[];
  /** The resource leaves nothing to the account unless its policy says so. */
  readonly isKey: boolean;
}

export function plainlyAllowed(call: PlainCall, { identity, boundary, resource, isKey }: PlainPolicies): boolean {
  const all = (statements: readonly PlainStatement[], effect: string) =>
    statements.filter((statement) => statement.Effect === effect && concerns(statement, call));
  for (const denial of [...all(identity, 'Deny'), ...all(boundary ?? [], 'Deny'), ...all(resource, 'Deny')]) {
    const { Principal, NotPrincipal } = denial;
    const isAboutCaller = NotPrincipal !== undefined
      ? boundary !== undefined || !isSpared(NotPrincipal, call)
      : Principal === undefined || names(Principal, call, 'role', 'session', 'service', 'account');
    if (isAboutCaller) {
      return false;
    }
  }
  const admits = (...as: Who[]) => all(resource, 'Allow').some(({ Principal }) => names(Principal!, call, ...as));
  if (admits('session', 'service')) {
    return true;
  }
  if (boundary !== undefined && all(boundary, 'Allow').length === 0) {
    return false;
  }
  if (admits('role')) {
    return true;
  }
  return all(identity, 'Allow').length > 0 && (!isKey || admits('account'));
}

type Who = 'role' | 'session' | 'service' | 'account';

/** A star is everyone, but does not stand for an account to which a key leaves its decision. */
function names(principal: PlainPrincipal, call: PlainCall, ...as: readonly Who[]): boolean {
  const { AWS = [], Service = [] } = principal === '*' ? { AWS: ['*'] } : principal;
  return (AWS.includes('*') && !(as.length === 1 && as[0] === 'account'))
    || (as.includes('role') && AWS.some((name) => name === call.role))
    || (as.includes('session') && AWS.some((name) => name === call.session))
    || (as.includes('service') && Service.some((name) => name === call.service))
    || (as.includes('account') && call.account !== undefined && namesAccount(AWS, call.account));
}

function namesAccount(list: readonly string[], account: string): boolean {
  return list.includes(account) || list.includes(`arn:aws:iam::${account}:root`);
}

function isSpared(principal: PlainPrincipal, call: PlainCall): boolean {
  const { AWS = [], Service = [] } = principal === '*' ? { AWS: ['*'] } : principal;
  if (call.service !== undefined) {
    return AWS.includes('*') || Service.includes(call.service);
  }
  return AWS.includes('*') || (AWS.includes(call.role!) && namesAccount(AWS, call.account!));
}

function concerns(statement: PlainStatement, { action, resource, context }: PlainCall): boolean {
  const named = (statement.Action ?? statement.NotAction)!.some((pattern) => glob(pattern.toLowerCase(), action.toLowerCase()));
  const placed = (statement.Resource ?? statement.NotResource)!.some((pattern) => pattern === '*' || globOfArn(pattern, resource));
  return named === (statement.Action !== undefined)
    && placed === (statement.Resource !== undefined)
    && Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => conditionHolds(operator, wanted, context[key])));
}
