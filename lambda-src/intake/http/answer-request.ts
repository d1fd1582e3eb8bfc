import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { HttpEvent } from './caller';
import { problemAnswer } from './problem-document';
import { HttpIntake, ROUTES } from './routes';
import { logFailure } from '../../log';
import { Refusal } from '../refusal';
import { TROUBLES, troubleOf } from '../trouble';

/** Answers a request. Never throws: API Gateway would answer with words of its own. */
export async function answerRequest(http: HttpIntake, event: HttpEvent): Promise<APIGatewayProxyStructuredResultV2> {
  try {
    const route = ROUTES[event.routeKey];
    if (!route) return problemAnswer('not-found', 'there is no such route');
    const { status, body, headers } = await route(http, event);
    return {
      statusCode: status,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
      body: JSON.stringify(body),
    };
  } catch (error) {
    if (error instanceof Refusal) return problemAnswer(error.kind, error.message, error.problems);
    logFailure(`${event.routeKey} failed`, error);
    const trouble = troubleOf(error);
    return trouble ? problemAnswer(trouble, TROUBLES[trouble]) : problemAnswer('internal', 'this is a fault of ours: it has been logged');
  }
}
