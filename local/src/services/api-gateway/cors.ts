import { HttpAnswer } from './http-answer';
import { JsonObject } from '../../json';

/** What API Gateway adds for browsers of other origins. */
export function corsHeaders(cors: JsonObject | undefined, origin: string | undefined): Record<string, string> {
  const origins = (cors?.AllowOrigins ?? []) as string[];
  const allowed = origin === undefined ? undefined : origins.includes('*') ? '*' : origins.find((one) => one === origin);
  if (!cors || allowed === undefined) {
    return {};
  }
  const exposed = (cors.ExposeHeaders ?? []) as string[];
  return {
    'access-control-allow-origin': allowed,
    ...(cors.AllowCredentials === true && { 'access-control-allow-credentials': 'true' }),
    ...(exposed.length > 0 && { 'access-control-expose-headers': exposed.join(',') }),
  };
}

/** The response to a preflight request. */
export function preflightAnswer(cors: JsonObject, origin: string | undefined): HttpAnswer {
  const list = (name: string) => ((cors[name] ?? []) as string[]).join(',');
  const headers = corsHeaders(cors, origin);
  return {
    status: 204,
    headers: Object.keys(headers).length === 0 ? {} : {
      ...headers,
      'access-control-allow-methods': list('AllowMethods'),
      'access-control-allow-headers': list('AllowHeaders'),
      'access-control-max-age': String(cors.MaxAge ?? 0),
    },
    body: Buffer.alloc(0),
  };
}
