import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { HttpEvent } from './caller';
import { problemAnswer } from './problem-document';
import { HttpIntake, ROUTES } from './routes';
import { logDone, logFailure, stopwatch } from '../../log';
import { isOrderId } from '../../order/order-contract';
import { Refusal } from '../refusal';
import { INTERNAL_ERROR, OUTCOME_UNKNOWN, TRANSIENT_MESSAGES, isOutcomeUnknown, transientErrorOf } from '../transient-error';

/** Answers a request. Never throws: API Gateway would send a response of its own. */
export async function answerRequest(http: HttpIntake, event: HttpEvent): Promise<APIGatewayProxyStructuredResultV2> {
  const about = { route: event.routeKey, ...orderIdIn(event.pathParameters) };
  const took = stopwatch();
  try {
    const route = ROUTES[event.routeKey];
    if (!route) return problemAnswer('not-found', 'no such route');
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
    if (isOutcomeUnknown(error)) return problemAnswer('outcome-unknown', OUTCOME_UNKNOWN);
    const transient = transientErrorOf(error);
    return transient ? problemAnswer(transient, TRANSIENT_MESSAGES[transient]) : problemAnswer('internal', INTERNAL_ERROR);
  }
}

/** A path can hold anything: only a valid id is logged. */
function orderIdIn(names: object = {}): { readonly orderId?: string } {
  const { orderId } = names as { orderId?: unknown };
  return isOrderId(orderId) ? { orderId } : {};
}
