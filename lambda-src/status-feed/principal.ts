/** The parts of a connect request that identify its caller. */
export interface ConnectContext {
  readonly connectionId: string;
  readonly authorizer?: { readonly principalId?: unknown } | null;
  readonly identity?: { readonly userArn?: unknown } | null;
}

/** The principal of the Lambda authorizer, or the IAM caller; undefined without an authorizer. */
export function principalOf({ authorizer, identity }: ConnectContext): string | undefined {
  return [authorizer?.principalId, identity?.userArn].find((name): name is string => typeof name === 'string' && name !== '');
}
