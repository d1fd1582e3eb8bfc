/** As much of a request to connect as tells who it is. */
export interface ConnectContext {
  readonly connectionId: string;
  readonly authorizer?: { readonly principalId?: unknown } | null;
  readonly identity?: { readonly userArn?: unknown } | null;
}

/** Whom the API's authorizer let in: what a Lambda authorizer says, or the IAM caller. Nobody, if there is no authorizer. */
export function principalOf({ authorizer, identity }: ConnectContext): string | undefined {
  return [authorizer?.principalId, identity?.userArn].find((name): name is string => typeof name === 'string' && name !== '');
}
