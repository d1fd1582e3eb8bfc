import type { OrderInput, OrderRow } from '../../src/contract/order-row';
import { receiveOrder } from '../../src/contract/writes/opening';
import type { Orders } from '../order/orders';
import { itemOf } from '../order/row-write';

/** The row stands because of this request, a row stands already, or it is not known. */
export type Put = 'put' | 'exists' | 'in doubt';

/** One more than may be lost: the second one finds what the first one did. */
const ATTEMPTS = 2;

/** Errors of a connection that was not made, so nothing was sent. */
const NOT_SENT = new Set(['EAI_AGAIN', 'ECONNREFUSED', 'ENOTFOUND']);

/** The row of a received order without an owner: its execution becomes the owner with the first write. */
export function receivedRow(order: OrderInput, requestHash: string, now: Date): OrderRow {
  const row = itemOf(receiveOrder, { ...order, requestHash, at: now.toISOString() });
  return { orderId: order.orderId, ...row } as unknown as OrderRow;
}

/**
 * Puts the row of an order unless a row has its id. Throws only if the row is known not to have been put.
 *
 * A request without an answer can still be carried out later, so a row that cannot be read then proves nothing.
 */
export async function putRow(rows: Orders, row: OrderRow): Promise<Put> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      if (await rows.create(row)) return 'put';
      return attempt === 1 ? 'exists' : 'in doubt';
    } catch (error) {
      if (attempt === 1 && wasNotCarriedOut(error)) throw error;
    }
  }
  return 'in doubt';
}

/** Whether the database refused the request, or never got it. */
function wasNotCarriedOut(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $fault, code, cause } = error as Error & { readonly $fault?: string; readonly code?: string };
  return $fault === 'client' || NOT_SENT.has(code ?? '') || wasNotCarriedOut(cause);
}
