import { Api, Authorizer, Route } from './api';
import { callerOf } from './invocation';
import { allows } from './policy';
import { isJsonObject, Json, JsonObject } from '../../json';
import { roleIdentity } from '../access/caller-principal';
import { callerOfKey } from '../endpoint/credentials';
import { ServiceContext } from '../service-context';
import { ServiceError } from '../service-error';

/** The decision of an authorizer: the context that handlers get, or the refusal. */
export type Decision = { readonly authorizer?: JsonObject; readonly principal?: JsonObject } | { readonly refused: 401 | 403 | 500 };

export interface AuthorizationRequest {
  readonly header: (name: string) => string | undefined;
  readonly query: (name: string) => string | undefined;
  /** The method's ARN, which policies name. */
  readonly resourceArn: string;
  /** The event for an authorizer function, without what is the same for all. */
  readonly event: JsonObject;
}

export async function authorize(api: Api, route: Route, request: AuthorizationRequest, context: ServiceContext): Promise<Decision> {
  const authorizer = route.authorizerId === undefined ? undefined : api.authorizers.get(route.authorizerId);
  switch (route.authorization) {
    case 'NONE':
      return {};
    case 'AWS_IAM':
      return bySignature(api, request, context);
    case 'JWT':
      return byToken(route, authorizer!, request, context.clock.now());
    case 'CUSTOM':
      return byFunction(api, authorizer!, request, context);
  }
}

/** Signatures are not verified; the key says who calls, and the policies whether it may. */
function bySignature({ account }: Api, { header, query, resourceArn }: AuthorizationRequest, { calls, callers }: ServiceContext): Decision {
  const credential = /Credential=([^/]+)\//.exec(header('authorization') ?? '')?.[1] ?? query('X-Amz-Credential')?.split('/')[0];
  if (!credential) {
    return { refused: 403 };
  }
  const caller = callerOfKey(credential);
  try {
    calls.check({ service: 'execute-api', operation: 'Invoke', input: { ResourceArn: resourceArn }, caller });
  } catch (error) {
    if (error instanceof ServiceError) {
      return { refused: 403 };
    }
    throw error;
  }
  const role = callers.roleOf(caller);
  const userArn = role === undefined ? `arn:aws:iam::${account}:user/${credential}` : roleIdentity(role, callers.resolve(caller).name).principal.sessionArn!;
  return { authorizer: { iam: { accessKey: credential, accountId: account, callerId: credential, userArn, userId: credential } } };
}

/** Issuer, audience, scopes and expiry are checked; the signature is not, since the issuer's keys are out of reach. */
function byToken({ scopes }: Route, { jwt, identitySources }: Authorizer, request: AuthorizationRequest, now: number): Decision {
  const token = identitySources
    .map((source) => identity(source, request))
    .find(Boolean)
    ?.replace(/^Bearer /, '');
  const claims = token === undefined ? undefined : claimsOf(token);
  if (!claims || claims.iss !== jwt!.issuer || (claims.exp !== undefined && Number(claims.exp) * 1000 <= now)) {
    return { refused: 401 };
  }
  const audience = [claims.aud ?? claims.client_id ?? []].flat();
  if (!audience.some((one) => jwt!.audience.includes(String(one)))) {
    return { refused: 401 };
  }
  const granted = String(claims.scope ?? '').split(' ');
  if (scopes.length > 0 && !scopes.some((scope) => granted.includes(scope))) {
    return { refused: 403 };
  }
  const asText = Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimText(value)]));
  return { authorizer: { jwt: { claims: asText, scopes: scopes.length > 0 ? [...scopes] : null } } };
}

/** A list in the token is passed on as `[a b]`. */
function claimText(value: Json): string {
  return typeof value === 'string' ? value : Array.isArray(value) ? `[${value.map(claimText).join(' ')}]` : JSON.stringify(value);
}

async function byFunction(api: Api, authorizer: Authorizer, request: AuthorizationRequest, { calls }: ServiceContext): Promise<Decision> {
  const identities = authorizer.identitySources.map((source) => identity(source, request));
  if (identities.some((one) => !one)) {
    return { refused: 401 };
  }
  const isVersion2 = authorizer.payloadVersion === '2.0' && api.protocol === 'HTTP';
  const { FunctionError, Payload } = await calls.perform({
    service: 'lambda',
    operation: 'Invoke',
    input: {
      FunctionName: authorizer.functionArn!,
      Payload: JSON.stringify({
        ...request.event,
        type: 'REQUEST',
        ...(isVersion2
          ? { version: '2.0', routeArn: request.resourceArn, identitySource: identities as string[] }
          : { methodArn: request.resourceArn }),
      }),
    },
    caller: callerOf(api, `authorizers/${authorizer.id}`, authorizer.role),
  });
  return FunctionError === undefined ? read(JSON.parse(String(Payload)) as Json, request.resourceArn, api) : { refused: 500 };
}

/** An authorizer answers simply, with isAuthorized, or with a policy. */
function read(answer: Json, resourceArn: string, api: Api): Decision {
  if (!isJsonObject(answer)) {
    return { refused: 500 };
  }
  const context = (answer.context ?? {}) as JsonObject;
  if (typeof answer.isAuthorized === 'boolean') {
    return answer.isAuthorized ? { authorizer: { lambda: context } } : { refused: 403 };
  }
  if (!isJsonObject(answer.policyDocument)) {
    return { refused: 500 };
  }
  const principal = { principalId: answer.principalId ?? '', integrationLatency: 0, ...context };
  if (!allows(answer.policyDocument, resourceArn)) {
    return { refused: 403 };
  }
  return api.protocol === 'HTTP' ? { authorizer: { lambda: context } } : { principal };
}

/** `$request.header.Authorization` of HTTP APIs, `route.request.querystring.token` of WebSocket APIs. */
function identity(source: string, { header, query }: AuthorizationRequest): string | undefined {
  const [, kind, name] = /request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  return kind === 'header' ? header(name.toLowerCase()) : query(name ?? '');
}

function claimsOf(token: string): JsonObject | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Json;
    return isJsonObject(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}
