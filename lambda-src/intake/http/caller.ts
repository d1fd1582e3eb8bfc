import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Refusal } from '../refusal';

/** How the API identifies its callers. */
export type Authorization = 'claim' | 'iam' | 'none';

/** Who may decide on an order that waits for a decision. */
export type DeciderRule =
  | { readonly by: 'iam' }
  | { readonly by: 'claim'; readonly claim: string; readonly value: string }
  | { readonly by: 'none' };

export interface CallerRules {
  readonly authorization: Authorization;
  /** The claim that is the `userId` of the caller's orders. */
  readonly userClaim: string;
  readonly decider: DeciderRule;
}

export interface Caller {
  /** A backend, which may act for any user. */
  readonly isTrusted: boolean;
  readonly userId?: string;
}

/** An event of an HTTP API with any authorizer. */
export type HttpEvent = Omit<APIGatewayProxyEventV2, 'requestContext'> & {
  readonly requestContext: {
    readonly authorizer?: {
      readonly iam?: { readonly userArn?: string; readonly cognitoIdentity?: { readonly identityId?: string } | null } | null;
      readonly jwt?: { readonly claims?: Claims } | null;
      readonly lambda?: Claims | null;
    };
  };
};

type Claims = Readonly<Record<string, unknown>>;

/** The caller, as the API identified it. Refuses an unidentified caller where the API has an authorizer. */
export function callerOf({ authorization, userClaim }: CallerRules, event: HttpEvent): Caller {
  if (authorization === 'none') return { isTrusted: false };
  if (authorization === 'iam') {
    if (!iamName(event)) throw new Refusal('forbidden', 'the request is not signed by an IAM identity');
    // All users of an identity pool have one role: they are customers, and no backend.
    const userId = identityOf(event);
    return userId === undefined ? { isTrusted: true } : { isTrusted: false, userId };
  }
  const userId = claimsOf(event)[userClaim];
  if (typeof userId !== 'string' || userId === '') throw new Refusal('forbidden', `unknown caller: the claim ${userClaim} is missing`);
  return { isTrusted: false, userId };
}

/** The name of the caller that decides, for the order's history. Refuses a caller that may not decide. */
export function deciderOf({ decider, userClaim }: CallerRules, event: HttpEvent): string {
  const name = decider.by === 'iam' ? iamName(event) : claimsOf(event)[userClaim];
  const may = (decider.by === 'iam' && identityOf(event) === undefined) || (decider.by === 'claim' && valuesOf(decider.claim, claimsOf(event)[decider.claim]).includes(decider.value));
  if (!may || typeof name !== 'string' || name === '') throw new Refusal('forbidden', 'the caller may not decide on orders');
  return name;
}

function iamName({ requestContext }: HttpEvent): string | undefined {
  return requestContext.authorizer?.iam?.userArn;
}

/** The identity of a caller with credentials of a Cognito identity pool. */
function identityOf({ requestContext }: HttpEvent): string | undefined {
  return requestContext.authorizer?.iam?.cognitoIdentity?.identityId || undefined;
}

function claimsOf({ requestContext: { authorizer } }: HttpEvent): Claims {
  return authorizer?.jwt?.claims ?? authorizer?.lambda ?? {};
}

/** Claims whose values cannot contain a space: scopes by RFC 6749, and the groups and roles of Cognito by the rules for their names. */
const WITHOUT_SPACES = new Set(['cognito:groups', 'cognito:roles', 'scope', 'scp']);

/**
 * The values of a claim. HTTP APIs send the list `["a", "b"]` as the text `[a b]`, and `["not a"]` as `[not a]`: unless no
 * value of the claim can contain a space, such a text counts as one value.
 */
function valuesOf(name: string, claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.map(String);
  const text = String(claim ?? '').replace(/^\[(.*)\]$/s, '$1');
  return WITHOUT_SPACES.has(name) ? text.split(' ') : [text];
}
