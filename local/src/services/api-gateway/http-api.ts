import { IncomingMessage } from 'node:http';
import { Api, Stage } from './api';
import { authorize } from './authorization';
import { corsHeaders, preflightAnswer } from './cors';
import { functionAnswer, HttpAnswer, messageAnswer } from './http-answer';
import { ApiRequest, httpEvent } from './http-event';
import { findRoute, MatchedRoute } from './http-routes';
import { invoke } from './invocation';
import { JsonObject } from '../../json';
import { randomUuid } from '../../random';
import { ServiceContext } from '../service-context';

const MAX_BODY_BYTES = 10 * 1024 * 1024;
const REFUSALS = { 401: 'Unauthorized', 403: 'Forbidden', 500: 'Internal Server Error' } as const;

/** Answers the requests to an HTTP API with what its functions say. */
export class HttpApi {
  constructor(
    private readonly api: Api,
    private readonly context: ServiceContext,
  ) {}

  public async answer(message: IncomingMessage, body: Buffer): Promise<HttpAnswer> {
    const [rawPath, rawQuery = ''] = (message.url ?? '/').split(/\?(.*)/s, 2);
    const { stage, path } = this.stageOf(rawPath);
    const request = this.read(message, body, rawPath, path, rawQuery);
    const origin = request.headers.origin;
    if (this.api.cors && request.method === 'OPTIONS' && origin !== undefined && !findRoute(this.api, 'OPTIONS', path)) {
      return preflightAnswer(this.api.cors, origin);
    }
    const answer = await this.route(stage, request);
    return { ...answer, headers: { ...answer.headers, ...corsHeaders(this.api.cors, origin), 'apigw-requestid': request.id } };
  }

  private async route(stage: Stage | undefined, request: ApiRequest): Promise<HttpAnswer> {
    const matched = stage && findRoute(this.api, request.method, request.path);
    if (!matched) {
      return messageAnswer(404, 'Not Found');
    }
    if (request.body.length > MAX_BODY_BYTES) {
      return messageAnswer(413, 'Request Entity Too Large');
    }
    const decision = await authorize(this.api, matched.route, this.authorizationRequest(stage, matched, request), this.context);
    if ('refused' in decision) {
      return messageAnswer(decision.refused, REFUSALS[decision.refused]);
    }
    return this.invoke(stage, matched, httpEvent(this.api, stage, matched, request, decision.authorizer));
  }

  private async invoke({ name }: Stage, { route }: MatchedRoute, event: JsonObject): Promise<HttpAnswer> {
    const integration = this.api.integrations.get(route.integrationId)!;
    const invoked = await invoke(this.api, integration, event, `${name}/${route.key.replace(' ', '')}`, this.context);
    if ('payload' in invoked) {
      return functionAnswer(invoked.payload);
    }
    return invoked.failed === 'error' ? messageAnswer(500, 'Internal Server Error') : messageAnswer(503, 'Service Unavailable');
  }

  private authorizationRequest(stage: Stage, matched: MatchedRoute, request: ApiRequest) {
    const { region, account, id } = this.api;
    const query = new URLSearchParams(request.rawQuery);
    return {
      header: (name: string) => request.headers[name],
      query: (name: string) => query.get(name) ?? undefined,
      resourceArn: `arn:aws:execute-api:${region}:${account}:${id}/${stage.name}/${request.method}${request.path}`,
      event: httpEvent(this.api, stage, matched, request),
    };
  }

  /** A stage other than $default is the first part of the path. */
  private stageOf(rawPath: string): { stage: Stage | undefined; path: string } {
    const [, first] = rawPath.split('/');
    const named = this.api.stages.get(first);
    return named
      ? { stage: named, path: rawPath.slice(first.length + 1) || '/' }
      : { stage: this.api.stages.get('$default'), path: rawPath };
  }

  private read(message: IncomingMessage, body: Buffer, rawPath: string, path: string, rawQuery: string): ApiRequest {
    const { cookie, ...rest } = message.headers;
    const headers = Object.entries(rest).map(([name, value]) => [name, [value ?? ''].flat().join(',')]);
    return {
      method: message.method ?? 'GET',
      path,
      rawPath,
      rawQuery,
      headers: Object.fromEntries(headers) as Record<string, string>,
      cookies: cookie ? cookie.split(/;\s*/) : [],
      body,
      sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
      id: randomUuid(this.context.random),
      at: this.context.clock.now(),
    };
  }
}
