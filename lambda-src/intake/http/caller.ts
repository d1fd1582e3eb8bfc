import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Refusal } from '../refusal';

/** How the API finds out who calls. */
export type Authorization = 'claim' | 'iam' | 'none';

/** Who may answer a step that waits for a decision. */
export type DeciderRule =
  | { readonly by: 'iam' }
  | { readonly by: 'claim'; readonly claim: string; readonly value: string }
  | { readonly by: 'nobody' };

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

/** An event as an HTTP API sends it, behind whichever authorizer it has. */
export type HttpEvent = Omit<APIGatewayProxyEventV2, 'requestContext'> & {
  readonly requestContext: {
    readonly authorizer?: {
      readonly iam?: { readonly userArn?: string } | null;
      readonly jwt?: { readonly claims?: Claims } | null;
      readonly lambda?: Claims | null;
    };
  };
};

type Claims = Readonly<Record<string, unknown>>;

/** Who calls, as far as the API knows. An API that should know and does not lets nobody in. */
export function callerOf({ authorization, userClaim }: CallerRules, event: HttpEvent): Caller {
  if (authorization === 'none') return { isTrusted: false };
  if (authorization === 'iam') {
    if (!iamName(event)) throw new Refusal('forbidden', 'the request is not signed by an IAM identity');
    return { isTrusted: true };
  }
  const userId = claimsOf(event)[userClaim];
  if (typeof userId !== 'string' || userId === '') throw new Refusal('forbidden', `the caller is not known: there is no claim ${userClaim}`);
  return { isTrusted: false, userId };
}

/** The name of whoever decides, for the record; refuses whoever may not. */
export function deciderOf({ decider, userClaim }: CallerRules, event: HttpEvent): string {
  const name = decider.by === 'iam' ? iamName(event) : claimsOf(event)[userClaim];
  const may = decider.by === 'iam' || (decider.by === 'claim' && valuesOf(claimsOf(event)[decider.claim]).includes(decider.value));
  if (!may || typeof name !== 'string' || name === '') throw new Refusal('forbidden', 'you may not decide on orders');
  return name;
}

function iamName({ requestContext }: HttpEvent): string | undefined {
  return requestContext.authorizer?.iam?.userArn;
}

function claimsOf({ requestContext: { authorizer } }: HttpEvent): Claims {
  return authorizer?.jwt?.claims ?? authorizer?.lambda ?? {};
}

/** HTTP APIs hand on the list `["a", "b"]` as the text `[a b]`; scopes come with spaces between them anyway. */
function valuesOf(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.map(String);
  return String(claim ?? '').replace(/^\[(.*)\]$/s, '$1').split(/[\s,]+/);
}
