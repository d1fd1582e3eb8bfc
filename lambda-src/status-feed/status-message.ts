import type { OrderRow } from '../order/order';

/** The attributes of an order that its status message is made from. */
export type StatusRow = Pick<OrderRow, 'orderId' | 'status' | 'version' | 'reason' | 'updatedAt'> & Partial<Pick<OrderRow, 'history'>>;

/** The status message of an order. A client drops versions that it has seen; the others rise up to the final one. */
export interface StatusMessage {
  readonly type: 'order.status';
  readonly orderId: string;
  readonly status: string;
  readonly version: number;
  readonly at: string;
  readonly reason?: string;
}

/** A reason names every wrong field of an order and can be long; frames and events have size limits. */
const LONGEST_REASON = 1_000;

export function statusMessage(row: StatusRow): StatusMessage {
  const { orderId, status, version } = row;
  return { type: 'order.status', orderId, status, version, at: reachedAt(row), reason: shortReason(row) };
}

/** When the order reached its status. Later writes move `updatedAt`, so it is used only where the history has no entry. */
export function reachedAt({ history, version, updatedAt }: StatusRow): string {
  return history?.[version]?.at ?? updatedAt;
}

export function shortReason({ reason }: StatusRow): string | undefined {
  return reason !== undefined && reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON - 1)}…` : reason;
}
