import { ConnectionLost, ServiceError } from '../service-error';
import { Answer, ServiceRequest } from './http-exchange';
import { JsonObject } from '../../json';

/** AWS JSON 1.0 and 1.1: the operation stands in a header, everything else in the body. */
export function readJsonRequest(request: ServiceRequest): { operation: string; input: JsonObject } {
  const target = request.header('x-amz-target')!;
  return { operation: target.slice(target.lastIndexOf('.') + 1), input: parseJsonBody(request.body) };
}

export function parseJsonBody(body: string): JsonObject {
  try {
    return body === '' ? {} : JSON.parse(body) as JsonObject;
  } catch {
    throw new ServiceError('SerializationException', `the request's body is not JSON: ${body.slice(0, 80)}`);
  }
}

export function jsonAnswer(request: ServiceRequest, output: unknown): Answer {
  const contentType = request.header('content-type') ?? 'application/x-amz-json-1.0';
  return { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(output ?? {}) };
}

/** An error as all JSON protocols carry it: the SDK takes the exception's name from the header or from __type. */
export function jsonError(error: unknown): Answer {
  if (error instanceof ConnectionLost) {
    throw error;
  }
  const { code, status, message, details } = error instanceof ServiceError ? error : unexpected(error);
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message, ...details }),
  };
}

export function unexpected(error: unknown): ServiceError {
  return new ServiceError('InternalServerError', error instanceof Error ? error.message : String(error), 500);
}
