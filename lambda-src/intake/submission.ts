import { invalid, Refusal } from './refusal';
import { hashOf } from '../hash';
import { sentFields } from '../order/order';
import { MAX_BODY_BYTES, OrderInput, shown } from '../order/order-contract';
import { OrderDefaults, Problem, parseOrder } from '../order/parse-order';

/** What reached an intake. */
export interface Sent {
  readonly order: unknown;
  /** Who sends it, where that is known: nobody orders for anybody else. */
  readonly userId?: string;
  /** What makes a repetition recognisable. Without it, the order's own id does. */
  readonly idempotencyKey?: unknown;
  /** What tells this message from others, for an order that has no id of its own. */
  readonly messageId?: string;
}

/** A well formed order, and what tells its repetitions from other orders. */
export interface Submission {
  readonly order: OrderInput;
  /** The order as text: the same for each repetition, byte for byte. */
  readonly text: string;
  readonly requestHash: string;
  /** Under which the order is locked: what two users send never meets. */
  readonly lockKey: readonly string[];
}

const LONGEST_KEY = 255;
const PRINTABLE = /^[\x20-\x7e]+$/;

/** Checks what was sent, whole, before anything is written. */
export function submissionOf({ order: sent, userId, idempotencyKey, messageId }: Sent, defaults: OrderDefaults): Submission {
  const { order, problems = [] } = parseOrder(identified(owned(sent, userId), idempotencyKey ?? messageId), defaults);
  const wrong = [...keyProblems(idempotencyKey), ...problems];
  if (!order || wrong.length > 0) throw invalid(wrong);
  const text = JSON.stringify(sentFields(order));
  const key = idempotencyKey === undefined ? ['order', order.orderId] : ['key', idempotencyKey as string];
  return { order, text, requestHash: hashOf(text), lockKey: [order.userId, ...key] };
}

/** The JSON of a text that is not longer than an order may be. */
export function parsedText(text: string, maxBytes = MAX_BODY_BYTES): unknown {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) throw new Refusal('too-large', `${bytes} bytes are more than the ${maxBytes} that are allowed`);
  try {
    return JSON.parse(text);
  } catch {
    throw invalid([{ field: 'order', message: 'this is not JSON' }]);
  }
}

function owned(sent: unknown, userId: string | undefined): unknown {
  if (userId === undefined || !isRecord(sent)) return sent;
  if (sent.userId !== undefined && sent.userId !== userId) {
    throw new Refusal('forbidden', 'userId is somebody else: an order is placed for whoever sends it');
  }
  return { ...sent, userId };
}

/** An order without an id gets one that a repetition gets too, and that no other user's order can get. */
function identified(sent: unknown, idempotencyKey: unknown): unknown {
  if (!isRecord(sent) || sent.orderId !== undefined || idempotencyKey === undefined) return sent;
  return { ...sent, orderId: hashOf(JSON.stringify([sent.userId, idempotencyKey])).slice(0, 32) };
}

function keyProblems(key: unknown): Problem[] {
  const isKey = key === undefined || (typeof key === 'string' && key.length <= LONGEST_KEY && PRINTABLE.test(key));
  return isKey ? [] : [{ field: 'idempotencyKey', message: `${shown(key)} is not 1 to ${LONGEST_KEY} printable ASCII characters` }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
