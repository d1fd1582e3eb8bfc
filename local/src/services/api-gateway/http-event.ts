import { Api, Stage } from './api';
import { MatchedRoute } from './http-routes';
import { JsonObject } from '../../json';

/** A request to an API, with its body as it came. */
export interface ApiRequest {
  readonly method: string;
  /** Without the stage. */
  readonly path: string;
  readonly rawPath: string;
  readonly rawQuery: string;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly id: string;
  readonly at: number;
}

const TEXT = /^(text\/|application\/(.*\+)?(json|javascript|xml))/;

/** The event of payload format 2.0. */
export function httpEvent(
  api: Api,
  stage: Stage,
  { route, pathParameters }: MatchedRoute,
  request: ApiRequest,
  authorizer?: JsonObject,
): JsonObject {
  const query = Object.fromEntries(joined([...new URLSearchParams(request.rawQuery)]));
  const isText = TEXT.test(request.headers['content-type'] ?? 'text/');
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: request.rawPath,
    rawQueryString: request.rawQuery,
    ...(request.cookies.length > 0 && { cookies: [...request.cookies] }),
    headers: request.headers,
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    requestContext: requestContext(api, stage, route.key, request, authorizer),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...(stage.variables && { stageVariables: stage.variables }),
    ...(request.body.length > 0 && { body: request.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

function requestContext(api: Api, stage: Stage, routeKey: string, request: ApiRequest, authorizer?: JsonObject): JsonObject {
  return {
    accountId: api.account,
    apiId: api.id,
    ...(authorizer && { authorizer }),
    domainName: request.headers.host ?? '',
    domainPrefix: api.id,
    http: {
      method: request.method,
      path: request.rawPath,
      protocol: 'HTTP/1.1',
      sourceIp: request.sourceIp,
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: request.id,
    routeKey,
    stage: stage.name,
    time: logTime(request.at),
    timeEpoch: request.at,
  };
}

/** `12/Mar/2026:19:03:58 +0000` */
export function logTime(at: number): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(at).toUTCString())!;
  return `${day}/${month}/${year}:${time} +0000`;
}

/** A name that comes more than once has its values joined by commas. */
function joined(pairs: ReadonlyArray<readonly [string, string]>): Map<string, string> {
  const values = new Map<string, string>();
  pairs.forEach(([name, value]) => values.set(name, values.has(name) ? `${values.get(name)},${value}` : value));
  return values;
}
