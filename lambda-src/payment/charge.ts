import { Ledger, chanceOf, idOf } from './ledger';
import type { ChargeRequest } from '../order/step-event';

export interface ChargeAnswer {
  readonly status: 'APPROVED' | 'DECLINED';
  readonly transactionId: string;
  readonly reason?: string;
}

/** Which charges the simulated provider approves: the same order always has the same outcome, in whichever workflow. */
export interface Approval {
  readonly rate: number;
  readonly seed: string;
}

/** Charges once per key, and returns the same answer to each repetition. */
export async function charge(ledger: Ledger, approval: Approval, request: ChargeRequest): Promise<ChargeAnswer> {
  const { orderId, key, amount, currency } = request;
  const transactionId = idOf('charge', key);
  const approved = chanceOf(approval.seed + withoutPrefix(key)) < approval.rate;
  const entry = await ledger.enter({
    key,
    orderId,
    amount,
    currency,
    transactionId,
    ...approved ? { status: 'APPROVED' } : { status: 'DECLINED', reason: 'declined by the simulated payment provider' },
  });
  // A refunded charge was approved once: a late repetition gets the answer of the first.
  return entry.status === 'APPROVED' || entry.status === 'REFUNDED'
    ? { status: 'APPROVED', transactionId }
    : { status: 'DECLINED', transactionId, reason: entry.reason };
}

/** A key is `<prefix>:<orderId>:<step>`, and a prefix has no colon. */
function withoutPrefix(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}
