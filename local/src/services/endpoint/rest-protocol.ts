import { Route, Service } from '../service';
import { ServiceError } from '../service-error';
import { Answer, ServiceRequest } from './http-exchange';
import { parseJsonBody } from './json-protocol';
import { isJsonObject, Json, JsonObject } from '../../json';

interface RestCall {
  readonly route: Route;
  readonly input: JsonObject;
}

/** REST-JSON: the operation follows from method and path, its input from path, query, headers and body. */
export function readRestRequest(service: Service, request: ServiceRequest): RestCall {
  for (const route of service.routes ?? []) {
    const labels = route.method === request.method ? match(route.path, request.path) : undefined;
    if (labels) {
      const body: JsonObject = route.bodyAs ? { [route.bodyAs]: request.body } : parseJsonBody(request.body);
      return { route, input: { ...queryMembers(route, request), ...body, ...headerMembers(route, request), ...labels } };
    }
  }
  const known = (service.routes ?? []).map(({ operation }) => operation).join(', ');
  throw new ServiceError(
    'UnknownOperationException', `the local cloud does not do ${request.method} ${request.path} of ${service.name}; it does ${known}`,
  );
}

/** The labels of a path such as `/functions/{FunctionName}/invocations`, or undefined if it is another path. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) {
    return undefined;
  }
  const labels: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    if (part.startsWith('{')) {
      labels[part.slice(1, -1)] = decodeURIComponent(given[index]);
    } else if (part !== given[index]) {
      return undefined;
    }
  }
  return labels;
}

function queryMembers({ query = {} }: Route, request: ServiceRequest): JsonObject {
  return Object.fromEntries([...request.query].map(([name, value]) => [query[name] ?? name, value]));
}

function headerMembers({ headers = {} }: Route, request: ServiceRequest): JsonObject {
  const found = Object.entries(headers).map(([header, member]) => [member, request.header(header)] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as JsonObject;
}

export function restAnswer({ answer }: Route, output: Json): Answer {
  if (answer) {
    return answer(output as JsonObject);
  }
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(isJsonObject(output) ? output : {}) };
}
