import { ErrorMessage, errorMessage } from './error-message';
import { isOrderId } from '../order/order-contract';

/** A message of a client. */
export type ClientMessage =
  | { readonly action: 'subscribe'; readonly orderId: string; readonly watchToken?: string }
  | { readonly action: 'unsubscribe'; readonly orderId: string }
  | { readonly action: 'ping' };

interface Loose {
  readonly [field: string]: unknown;
}

const ACTIONS = 'subscribe, unsubscribe or ping, or submitOrder or cancelOrder where a WebSocket intake receives orders';

/** Parses a message of a client, or returns the error in it. Never throws, and repeats nothing of an invalid message. */
export function parseClientMessage(body: string | undefined, maxBytes: number): ClientMessage | ErrorMessage {
  if (body !== undefined && Buffer.byteLength(body) > maxBytes) {
    return errorMessage('message-too-large', `the message is larger than ${maxBytes} bytes`);
  }
  const message = objectIn(body);
  if (!message) return errorMessage('bad-request', 'the message is not a JSON object');
  const { action, orderId, watchToken } = message;
  if (typeof action !== 'string') return errorMessage('bad-request', `action is missing: use ${ACTIONS}`);
  if (action === 'ping') return { action };
  if (action !== 'subscribe' && action !== 'unsubscribe') return errorMessage('unknown-action', `unknown action: use ${ACTIONS}`);
  if (!isOrderId(orderId)) return errorMessage('bad-request', 'orderId is not 1 to 64 of the characters A-Z a-z 0-9 _ -');
  if (action === 'unsubscribe') return { action, orderId };
  if (watchToken !== undefined && typeof watchToken !== 'string') return errorMessage('bad-request', 'watchToken is not text', orderId);
  return { action, orderId, watchToken };
}

function objectIn(body = ''): Loose | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Loose : undefined;
  } catch {
    return undefined;
  }
}
