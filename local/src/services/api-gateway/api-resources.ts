import { Api, Authorizer, functionArnIn, Integration, Route } from './api';
import { Json, JsonObject } from '../../json';
import { Resource } from '../resource';

const HTTP_TIMEOUT_MS = 30_000;
const WEBSOCKET_TIMEOUT_MS = 29_000;

export function readApi(resource: Resource, id: string): Api {
  const protocol = resource.required<string>('ProtocolType');
  if (protocol !== 'HTTP' && protocol !== 'WEBSOCKET') {
    throw resource.refuse('ProtocolType', `is ${protocol}`, 'use HTTP or WEBSOCKET');
  }
  const cors = resource.get<JsonObject>('CorsConfiguration');
  return {
    id,
    name: resource.name('Name'),
    protocol,
    routeSelection: resource.get('RouteSelectionExpression') ?? '$request.body.action',
    account: resource.account,
    region: resource.region,
    routes: [],
    integrations: new Map(),
    authorizers: new Map(),
    stages: new Map(),
    ...(cors && { cors }),
  };
}

export function readRoute(resource: Resource, api: Api): Route {
  const authorizerId = resource.get<string>('AuthorizerId');
  return {
    key: resource.required('RouteKey'),
    integrationId: resource.required<string>('Target').replace(/^integrations\//, ''),
    authorization: resource.get<Route['authorization']>('AuthorizationType') ?? 'NONE',
    scopes: resource.get<string[]>('AuthorizationScopes') ?? [],
    answers: api.protocol === 'WEBSOCKET' && resource.get('RouteResponseSelectionExpression') === '$default',
    ...(authorizerId && { authorizerId }),
  };
}

export function readIntegration(resource: Resource, api: Api): Integration {
  const type = resource.required<string>('IntegrationType');
  const functionArn = functionArnIn(resource.get<string>('IntegrationUri') ?? '');
  if (type !== 'AWS_PROXY' || !functionArn) {
    throw resource.refuse('IntegrationType', `is ${type} without a function behind it`, 'only functions answer requests here');
  }
  const version = resource.get<string>('PayloadFormatVersion') ?? '1.0';
  if (api.protocol === 'HTTP' && version !== '2.0') {
    throw resource.refuse('PayloadFormatVersion', `is ${version}`, 'use 2.0, which HttpLambdaIntegration does by default');
  }
  const fallback = api.protocol === 'HTTP' ? HTTP_TIMEOUT_MS : WEBSOCKET_TIMEOUT_MS;
  const role = resource.get<string>('CredentialsArn');
  return { functionArn, timeoutMs: Number(resource.get('TimeoutInMillis') ?? fallback), ...(role && { role }) };
}

export function readAuthorizer(resource: Resource): Authorizer {
  const type = resource.required<string>('AuthorizerType');
  const jwt = resource.get<JsonObject>('JwtConfiguration');
  const role = resource.get<string>('AuthorizerCredentialsArn');
  const functionArn = functionArnIn(resource.get<string>('AuthorizerUri') ?? '');
  if ((type !== 'JWT' || !jwt) && (type !== 'REQUEST' || !functionArn)) {
    throw resource.refuse('AuthorizerType', `is ${type}`, 'use REQUEST with a function, or JWT');
  }
  return {
    id: resource.logicalId,
    type: type as Authorizer['type'],
    identitySources: [resource.get<Json>('IdentitySource') ?? []].flat() as string[],
    payloadVersion: resource.get('AuthorizerPayloadFormatVersion') ?? '1.0',
    ...(functionArn && { functionArn }),
    ...(role && { role }),
    ...(jwt && { jwt: { issuer: String(jwt.Issuer), audience: (jwt.Audience as string[] | undefined) ?? [] } }),
  };
}
