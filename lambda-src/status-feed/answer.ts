import { parseClientMessage } from './client-message';
import { ErrorMessage, errorMessage } from './error-message';
import type { StatusMessage } from './status-message';
import { Watching, subscribe } from './subscribe';
import { logDone, logFailure } from '../log';

/** The response to a message of a client. */
export type Answer = StatusMessage | ErrorMessage | { readonly type: 'unsubscribed'; readonly orderId: string } | { readonly type: 'pong' };

/** Answers a message of a client. Never throws: API Gateway would send a response of its own. */
export async function answer(watching: Watching, maxBytes: number, connectionId: string, body: string | undefined): Promise<Answer> {
  const message = parseClientMessage(body, maxBytes);
  if ('type' in message) return message;
  if (message.action === 'ping') return { type: 'pong' };
  const { orderId } = message;
  try {
    const answered = message.action === 'subscribe'
      ? await subscribe(watching, connectionId, message)
      : await unsubscribe(watching, connectionId, orderId);
    logDone('a message was answered', { action: message.action, orderId, answer: answered.type, connectionId });
    return answered;
  } catch (error) {
    logFailure(`${message.action} failed`, error, { orderId, connectionId });
    return errorMessage('unavailable', 'temporarily unavailable: retry after 2 s', orderId);
  }
}

async function unsubscribe({ subscriptions }: Watching, connectionId: string, orderId: string): Promise<Answer> {
  await subscriptions.remove(orderId, connectionId);
  return { type: 'unsubscribed', orderId };
}
