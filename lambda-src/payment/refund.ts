import { Ledger, idOf } from './ledger';
import type { RefundRequest } from '../order/step-event';

export interface RefundAnswer {
  readonly status: 'REFUNDED' | 'NOTHING_TO_REFUND';
  readonly refundId?: string;
}

/**
 * Gives the money of a charge back, once. A charge that is not there is made impossible first, and only then is there
 * nothing to refund: a charge that arrives late meets the void.
 */
export async function refund(ledger: Ledger, request: RefundRequest): Promise<RefundAnswer> {
  const { orderId, key, chargeKey, amount, currency } = request;
  const entry = await ledger.enter({
    key: chargeKey, orderId, amount, currency, status: 'VOIDED', reason: 'voided by a refund that came before the charge',
  });
  if (entry.status === 'VOIDED' || entry.status === 'DECLINED') return { status: 'NOTHING_TO_REFUND' };
  const { refundId } = await ledger.refund(chargeKey, idOf('refund', key));
  return { status: 'REFUNDED', refundId };
}
