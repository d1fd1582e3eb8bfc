import { isJsonObject, Json, JsonObject } from '../../json';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

export function messageAnswer(status: number, message: string): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify({ message })) };
}

/** What a function returned, as an answer: an object with a statusCode, or else the body itself. */
export function functionAnswer(payload: string): HttpAnswer {
  const result = JSON.parse(payload) as Json;
  if (!isJsonObject(result) || result.statusCode === undefined) {
    const body = typeof result === 'string' ? result : JSON.stringify(result);
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
  }
  const { statusCode, headers = {}, multiValueHeaders = {}, cookies = [], body = '', isBase64Encoded } = result;
  if (!Number.isInteger(statusCode) || (typeof body !== 'string' && body !== null)) {
    return messageAnswer(500, 'Internal Server Error');
  }
  const single = Object.entries(headers as JsonObject).map(([name, value]) => [name.toLowerCase(), String(value)]);
  const many = Object.entries(multiValueHeaders as JsonObject).map(([name, values]) => [
    name.toLowerCase(),
    (values as Json[]).map(String),
  ]);
  return {
    status: statusCode as number,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...(Object.fromEntries([...many, ...single]) as Record<string, string>),
      ...((cookies as string[]).length > 0 && { 'set-cookie': cookies as string[] }),
    },
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}
