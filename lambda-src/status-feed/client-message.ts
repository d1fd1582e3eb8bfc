import { ErrorMessage, errorMessage } from './error-message';
import { isOrderId } from '../order/order-contract';

/** What a browser can ask for. */
export type ClientMessage =
  | { readonly action: 'subscribe'; readonly orderId: string; readonly watchToken?: string }
  | { readonly action: 'unsubscribe'; readonly orderId: string }
  | { readonly action: 'ping' };

interface Loose {
  readonly [field: string]: unknown;
}

const ACTIONS = 'subscribe, unsubscribe or ping, or submitOrder or cancelOrder where orders are taken over WebSocket';

/** The message that a browser sent, or what is wrong with it. Never throws. Nothing of what is wrong is sent back. */
export function parseClientMessage(body: string | undefined, maxBytes: number): ClientMessage | ErrorMessage {
  if (body !== undefined && Buffer.byteLength(body) > maxBytes) {
    return errorMessage('message-too-large', `a message may have ${maxBytes} bytes`);
  }
  const message = objectIn(body);
  if (!message) return errorMessage('bad-request', 'a message is a JSON object');
  const { action, orderId, watchToken } = message;
  if (typeof action !== 'string') return errorMessage('bad-request', `action is missing: say ${ACTIONS}`);
  if (action === 'ping') return { action };
  if (action !== 'subscribe' && action !== 'unsubscribe') return errorMessage('unknown-action', `this action is not known: say ${ACTIONS}`);
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
