import { isOrderId } from '../../order/order-contract';
import type { Problem } from '../../order/parse-order';
import { Refusal, RefusalKind, invalid } from '../refusal';
import { parsedText } from '../submission';
import { TROUBLES, troubleOf } from '../trouble';

/** What a browser sends to order, or to cancel an order. */
export type IntakeMessage =
  | { readonly action: 'submitOrder'; readonly order: unknown; readonly idempotencyKey?: unknown }
  | { readonly action: 'cancelOrder'; readonly orderId: string; readonly watchToken?: string };

/** The order was received. Its statuses follow where `subscribed` says so; those that came before have lower versions. */
export interface AcceptedMessage {
  readonly type: 'order.accepted';
  readonly orderId: string;
  readonly status: string;
  readonly version: number;
  readonly subscribed: boolean;
  readonly watchToken?: string;
}

/** The cancel was received. What becomes of the order, its statuses tell. */
export interface CancellingMessage {
  readonly type: 'order.cancelling';
  readonly orderId: string;
  readonly status: string;
}

export interface RefusedMessage {
  readonly type: 'error';
  readonly code: string;
  readonly message: string;
  readonly orderId?: string;
  readonly errors?: readonly Problem[];
}

/** Less than the frame that API Gateway closes a connection for. */
const MAX_MESSAGE_BYTES = 28 * 1024;

/** The words of the feed for what it refuses too. */
const FEED_CODES: Partial<Record<RefusalKind, string>> = { 'invalid': 'bad-request', 'too-large': 'message-too-large' };
/** The message that a browser sent. */
export function intakeMessageIn(body: string): IntakeMessage {
  const { action, order, idempotencyKey, orderId, watchToken } = Object(parsedText(body, MAX_MESSAGE_BYTES));
  if (action === 'submitOrder') return { action, order, idempotencyKey };
  if (action !== 'cancelOrder') throw invalid([{ field: 'action', message: 'is neither submitOrder nor cancelOrder' }]);
  if (!isOrderId(orderId)) throw invalid([{ field: 'orderId', message: 'is not 1 to 64 of the characters A-Z a-z 0-9 _ -' }]);
  if (watchToken !== undefined && typeof watchToken !== 'string') throw invalid([{ field: 'watchToken', message: 'is not text' }]);
  return { action, orderId, watchToken };
}

/** The order that a message is about, as far as it says so. */
export function orderIdIn(message: IntakeMessage | undefined): string | undefined {
  const orderId: unknown = message?.action === 'submitOrder' ? Object(message.order).orderId : message?.orderId;
  return isOrderId(orderId) ? orderId : undefined;
}

export function refusedMessage(error: unknown, orderId?: string): RefusedMessage {
  if (error instanceof Refusal) {
    const { kind, message, problems } = error;
    return { type: 'error', code: FEED_CODES[kind] ?? kind, message, orderId, ...problems.length > 0 ? { errors: problems } : {} };
  }
  const trouble = troubleOf(error);
  return trouble
    ? { type: 'error', code: trouble, message: TROUBLES[trouble], orderId }
    : { type: 'error', code: 'internal', message: 'this is a fault of ours: it has been logged', orderId };
}
