import { isOrderId } from '../../order/order-contract';
import type { Problem } from '../../order/problem';
import { Refusal, RefusalKind, invalid } from '../refusal';
import { parsedText } from '../submission';
import { INTERNAL_ERROR, OUTCOME_UNKNOWN, TRANSIENT_MESSAGES, isOutcomeUnknown, transientErrorOf } from '../transient-error';

/** A message of a client that places or cancels an order. */
export type IntakeMessage =
  | { readonly action: 'submitOrder'; readonly order: unknown; readonly idempotencyKey?: unknown }
  | { readonly action: 'cancelOrder'; readonly orderId: string; readonly watchToken?: string };

/** The order was received. Its statuses follow if `subscribed` is true; earlier ones have lower versions. */
export interface AcceptedMessage {
  readonly type: 'order.accepted';
  readonly orderId: string;
  readonly status: string;
  readonly version: number;
  readonly subscribed: boolean;
  readonly watchToken?: string;
}

/** The cancellation was requested. The statuses of the order show its outcome. */
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

/** Less than the frame size at which API Gateway closes a connection. */
const MAX_MESSAGE_BYTES = 28 * 1024;

/** The codes that the feed uses for the same errors. */
const FEED_CODES: Partial<Record<RefusalKind, string>> = { 'invalid': 'bad-request', 'too-large': 'message-too-large' };

/** Parses a message of a client. */
export function intakeMessageIn(body: string): IntakeMessage {
  const { action, order, idempotencyKey, orderId, watchToken } = Object(parsedText(body, MAX_MESSAGE_BYTES));
  if (action === 'submitOrder') return { action, order, idempotencyKey };
  if (action !== 'cancelOrder') throw invalid([{ field: 'action', message: 'is not submitOrder or cancelOrder' }]);
  if (!isOrderId(orderId)) throw invalid([{ field: 'orderId', message: 'is not 1 to 64 of the characters A-Z a-z 0-9 _ -' }]);
  if (watchToken !== undefined && typeof watchToken !== 'string') throw invalid([{ field: 'watchToken', message: 'is not text' }]);
  return { action, orderId, watchToken };
}

/** The order id of a message, if it has a valid one. */
export function orderIdIn(message: IntakeMessage | undefined): string | undefined {
  const orderId: unknown = message?.action === 'submitOrder' ? Object(message.order).orderId : message?.orderId;
  return isOrderId(orderId) ? orderId : undefined;
}

export function refusedMessage(error: unknown, orderId?: string): RefusedMessage {
  if (error instanceof Refusal) {
    const { kind, message, problems } = error;
    return { type: 'error', code: FEED_CODES[kind] ?? kind, message, orderId, ...problems.length > 0 ? { errors: problems } : {} };
  }
  if (isOutcomeUnknown(error)) return { type: 'error', code: 'outcome-unknown', message: OUTCOME_UNKNOWN, orderId };
  const transient = transientErrorOf(error);
  return transient
    ? { type: 'error', code: transient, message: TRANSIENT_MESSAGES[transient], orderId }
    : { type: 'error', code: 'internal', message: INTERNAL_ERROR, orderId };
}
