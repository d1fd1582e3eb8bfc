import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { PROBLEM_TYPE } from './http/problem-document';
import { cancelBody, decisionBody } from './http/request-body';
import { ORDER_ATTRIBUTES, OrderRow, SENT_ATTRIBUTES, SHOWN_ATTRIBUTES, Shape } from '../../src/contract/order-row';
import { orderSchema } from '../order/order-contract';

/** The descriptions of the error responses. */
const PROBLEMS = {
  400: 'The request is invalid; the response names every wrong field',
  403: 'The caller is unknown, or may not do this',
  404: 'No such order, or the caller may not access it',
  409: 'The same id or key was used for another order, it is too late to cancel, or no decision is pending',
  413: 'The body is larger than 64 KiB',
  415: 'The body is not JSON',
  429: 'Too many requests: retry after the time in Retry-After',
  500: 'Internal error',
  503: 'Temporarily unavailable: retry after the time in Retry-After',
} as const;

type ProblemStatus = keyof typeof PROBLEMS;

const ALWAYS: ProblemStatus[] = [403, 429, 500, 503];
const WITH_BODY: ProblemStatus[] = [400, 413, 415];

/** The HTTP API of the intake as an OpenAPI 3.1 document, made from the schemas that the handler checks with. */
export function openApi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Orders',
      version: '1.0.0',
      description: 'Places, reads and cancels orders. All requests are safe to retry. '
        + 'Where the API has an authorizer, the authorizer responds 401 to a caller that it does not authenticate.',
    },
    paths: {
      '/orders': { post: placeOrder() },
      '/orders/{orderId}': { parameters: [ORDER_ID], get: read('getOrder', 'Reads an order', 'Order') },
      '/orders/{orderId}/history': { parameters: [ORDER_ID], get: read('getHistory', 'Reads the history of statuses of an order', 'History') },
      '/orders/{orderId}/cancel': { parameters: [ORDER_ID], post: cancelOrder() },
      '/orders/{orderId}/decision': { parameters: [ORDER_ID], post: decide() },
    },
    components: { schemas: schemas() },
  };
}

const ORDER_ID = { name: 'orderId', in: 'path', required: true, schema: { type: 'string' } };
const WATCH_TOKEN = {
  name: 'X-Watch-Token', in: 'header', schema: { type: 'string' }, description: 'The token from the response to the order, for a caller that the API does not identify as its user',
};
const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  description: 'The same for each repetition of an order, for 24 hours; without it, the orderId identifies repetitions',
};

function placeOrder(): object {
  return {
    operationId: 'placeOrder',
    summary: 'Places an order, once however often the request is repeated',
    parameters: [IDEMPOTENCY_KEY],
    requestBody: { required: true, content: json('NewOrder') },
    responses: { 202: answer('The order was received', 'Accepted'), ...problems(...WITH_BODY, 409) },
  };
}

function read(operationId: string, summary: string, schema: string): object {
  return { operationId, summary, parameters: [WATCH_TOKEN], responses: { 200: answer(summary, schema), ...problems(404) } };
}

function cancelOrder(): object {
  return {
    operationId: 'cancelOrder',
    summary: 'Cancels an order and undoes its steps',
    parameters: [WATCH_TOKEN],
    requestBody: { required: false, content: json('Cancel') },
    responses: { 202: answer('The cancellation was requested', 'Status'), ...problems(...WITH_BODY, 404, 409) },
  };
}

function decide(): object {
  return {
    operationId: 'decide',
    summary: 'Decides on an order that waits for a decision',
    requestBody: { required: true, content: json('Decision') },
    responses: { 202: answer('The decision was received', 'Status'), ...problems(...WITH_BODY, 404, 409) },
  };
}

function answer(description: string, schema: string): object {
  return { description, content: json(schema) };
}

function problems(...statuses: ProblemStatus[]): object {
  return Object.fromEntries([...ALWAYS, ...statuses].map(status =>
    [status, { description: PROBLEMS[status], content: content(PROBLEM_TYPE, 'Problem') }]));
}

function json(schema: string): object {
  return content('application/json', schema);
}

function content(type: string, schema: string): object {
  return { [type]: { schema: { $ref: `#/components/schemas/${schema}` } } };
}

const TEXT = { type: 'string' };
const TIME = { type: 'string', format: 'date-time' };
const VERSION = { type: 'integer', minimum: 1 };
const SHAPES: Record<Shape, object> = { text: TEXT, time: TIME, version: VERSION };

/** What an intake adds to an order that lacks it. */
const ADDED_BY_INTAKE: ReadonlyArray<keyof OrderRow> = ['orderId', 'userId'];

function schemas(): Record<string, object> {
  const order = schemaOf(orderSchema);
  const { orderId } = order.properties;
  return {
    NewOrder: {
      ...order,
      properties: {
        ...order.properties,
        orderId: { ...orderId, description: 'Required without an Idempotency-Key, from which the id is derived otherwise' },
        userId: { ...order.properties.userId, description: 'Required where the API does not identify its callers; otherwise the caller, and the same if it is sent' },
      },
      required: SENT_ATTRIBUTES.filter(name => !ORDER_ATTRIBUTES[name].optional && !ADDED_BY_INTAKE.includes(name)),
    },
    Accepted: object({
      orderId,
      status: TEXT,
      watchToken: TEXT,
      links: object({ order: TEXT, history: TEXT, cancel: TEXT, feed: TEXT }, ['feed']),
    }, ['watchToken']),
    Order: object(
      Object.fromEntries(SHOWN_ATTRIBUTES.map(name => [name, order.properties[name] ?? SHAPES[ORDER_ATTRIBUTES[name].shape ?? 'text']])),
      SHOWN_ATTRIBUTES.filter(isMissingAtTimes),
    ),
    History: object({ orderId, history: { type: 'array', items: object({ version: VERSION, status: TEXT, at: TIME, step: TEXT }) } }),
    Status: object({ orderId, status: TEXT }),
    Cancel: schemaOf(cancelBody),
    Decision: schemaOf(decisionBody),
    Problem: object({
      type: TEXT, title: TEXT, status: { type: 'integer' }, detail: TEXT, errors: { type: 'array', items: object({ field: TEXT, message: TEXT }) },
    }, ['errors']),
  };
}

/** A rejected order lacks the fields that were wrong, but never its id. */
function isMissingAtTimes(name: keyof OrderRow): boolean {
  const { optional, sent } = ORDER_ATTRIBUTES[name];
  return optional === true || (sent !== undefined && name !== 'orderId');
}

/** An object with these fields and no others. */
function object(properties: Record<string, object>, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter(name => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

// A field has a shape and a custom check, which cannot be converted.
function schemaOf(schema: v.GenericSchema): { properties: Record<string, object> } {
  const { $schema, ...shape } = toJsonSchema(schema, { target: 'draft-2020-12', errorMode: 'ignore' });
  return shape as { properties: Record<string, object> };
}
