/** A status of an order, as the feed sends it. */
export interface OrderStatus {
  readonly orderId: string;
  readonly status: string;
  /** Rises with every status of the order. Numbers may be missing: a status that was superseded is not sent. */
  readonly version: number;
  /** When the order entered the status, as an ISO 8601 time. */
  readonly at: string;
  /** The reason, if there is one: why an order was refunded, for example. */
  readonly reason?: string;
}

export type ServerMessage =
  | { readonly type: 'order.status'; readonly status: OrderStatus }
  | { readonly type: 'error'; readonly code: string; readonly message: string; readonly orderId: string | undefined }
  /** A pong, or a message of a newer feed. */
  | { readonly type: 'other' };

export const subscribeTo = (orderId: string, watchToken: string | undefined): string => JSON.stringify({ action: 'subscribe', orderId, watchToken });
export const unsubscribeFrom = (orderId: string): string => JSON.stringify({ action: 'unsubscribe', orderId });
export const PING = JSON.stringify({ action: 'ping' });

/** Reads a frame of the feed. An unknown frame only counts as received. */
export function readMessage(frame: unknown): ServerMessage {
  const message = parsed(frame);
  const orderId = text(message.orderId);
  if (message.type === 'order.status') {
    const status = text(message.status);
    const { version } = message;
    if (orderId !== undefined && status !== undefined && isVersion(version)) {
      const reason = text(message.reason);
      return {
        type: 'order.status',
        // Frozen, because the watches of an order share it.
        status: Object.freeze({ orderId, status, version, at: text(message.at) ?? '', ...(reason === undefined ? {} : { reason }) }),
      };
    }
  }
  if (message.type === 'error') {
    return { type: 'error', code: text(message.code) ?? 'unknown', message: text(message.message) ?? 'the feed gave no message', orderId };
  }
  return { type: 'other' };
}

function parsed(frame: unknown): Record<string, unknown> {
  try {
    return Object(JSON.parse(frame as string));
  } catch {
    return {};
  }
}

const text = (value: unknown): string | undefined => typeof value === 'string' ? value : undefined;
const isVersion = (value: unknown): value is number => Number.isSafeInteger(value);
