import { invalid, Refusal } from './refusal';
import type { OrderInput } from '../../src/contract/order-row';
import { hashOf } from '../hash';
import { sentFields } from '../order/order';
import { MAX_BODY_BYTES, shown } from '../order/order-contract';
import { OrderDefaults, parseOrder } from '../order/parse-order';
import type { Problem } from '../order/problem';

/** What an intake received. */
export interface Sent {
  readonly order: unknown;
  /** The caller, where it is known: it orders for itself only. */
  readonly userId?: string;
  /** Identifies repetitions. Without it, the order's id does. */
  readonly idempotencyKey?: unknown;
  /** The id of the message, for an order without an id. */
  readonly messageId?: string;
}

/** A valid order, and what distinguishes its repetitions from other orders. */
export interface Submission {
  readonly order: OrderInput;
  /** The order as text: the same for each repetition, byte for byte. */
  readonly text: string;
  readonly requestHash: string;
  /** The key of the lock: orders of different users never share one. */
  readonly lockKey: readonly string[];
}

const LONGEST_KEY = 255;
const PRINTABLE = /^[\x20-\x7e]+$/;

/** Validates an order before anything is written. */
export function submissionOf({ order: sent, userId, idempotencyKey, messageId }: Sent, defaults: OrderDefaults): Submission {
  const { order, problems = [] } = parseOrder(identified(owned(sent, userId), idempotencyKey ?? messageId), defaults);
  const wrong = [...keyProblems(idempotencyKey), ...problems];
  if (!order || wrong.length > 0) throw invalid(wrong);
  const text = textOf(order);
  const key = idempotencyKey === undefined ? ['order', order.orderId] : ['key', idempotencyKey as string];
  return { order, text, requestHash: hashOf(text), lockKey: [order.userId, ...key] };
}

/** The hash of an order that was sent or stored; undefined if that is no valid order. */
export function contentHash(order: unknown, defaults: OrderDefaults): string | undefined {
  const parsed = parseOrder(sentFields(order), defaults).order;
  return parsed && hashOf(textOf(parsed));
}

/** Parses JSON that is not larger than an order may be. */
export function parsedText(text: string, maxBytes = MAX_BODY_BYTES): unknown {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) throw new Refusal('too-large', `${bytes} bytes exceed the limit of ${maxBytes}`);
  try {
    return JSON.parse(text);
  } catch {
    throw invalid([{ field: 'order', message: 'this is not JSON' }]);
  }
}

function textOf(order: OrderInput): string {
  return JSON.stringify(sentFields(order));
}

function owned(sent: unknown, userId: string | undefined): unknown {
  if (userId === undefined || !isRecord(sent)) return sent;
  if (sent.userId !== undefined && sent.userId !== userId) {
    throw new Refusal('forbidden', 'userId does not match the caller');
  }
  return { ...sent, userId };
}

/** Gives an order without an id the same id as its repetitions, and one that no other user's order can get. */
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
