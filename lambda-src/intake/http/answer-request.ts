import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { HttpEvent } from './caller';
import { problemAnswer } from './problem-document';
import { HttpIntake, ROUTES } from './routes';
import { logDone, logFailure, stopwatch } from '../../log';
import { isOrderId } from '../../order/order-contract';
import { Refusal } from '../refusal';
import { TROUBLES, troubleOf } from '../trouble';

/** Answers a request. Never throws: API Gateway would answer with words of its own. */
export async function answerRequest(http: HttpIntake, event: HttpEvent): Promise<APIGatewayProxyStructuredResultV2> {
  const about = { route: event.routeKey, ...orderIdIn(event.pathParameters) };
  const took = stopwatch();
  try {
    const route = ROUTES[event.routeKey];
    if (!route) return problemAnswer('not-found', 'there is no such route');
    const { status, body, headers } = await route(http, event);
    logDone('a request was answered', { ...about, ...orderIdIn(body), code: status, ...took() });
    return {
      statusCode: status,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
      body: JSON.stringify(body),
    };
  } catch (error) {
    if (error instanceof Refusal) {
      logDone('a request was refused', { ...about, refusal: error.kind, ...took() });
      return problemAnswer(error.kind, error.message, error.problems);
    }
    logFailure(`${event.routeKey} failed`, error, { ...about, ...took() });
    const trouble = troubleOf(error);
    return trouble ? problemAnswer(trouble, TROUBLES[trouble]) : problemAnswer('internal', 'this is a fault of ours: it has been logged');
  }
}

/** A path can hold anything, so an order is named only if it is one. */
function orderIdIn(names: object = {}): { readonly orderId?: string } {
  const { orderId } = names as { orderId?: unknown };
  return isOrderId(orderId) ? { orderId } : {};
}
