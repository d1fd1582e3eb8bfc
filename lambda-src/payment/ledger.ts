import { createHash } from 'node:crypto';
import type { Database } from '../dynamodb/database';

/** What the ledger knows of one charge. An entry is never deleted, and only APPROVED ever changes: to REFUNDED. */
export interface LedgerEntry {
  readonly key: string;
  readonly orderId: string;
  readonly status: 'APPROVED' | 'DECLINED' | 'REFUNDED' | 'VOIDED';
  readonly amount: number;
  readonly currency: string;
  readonly transactionId?: string;
  readonly refundId?: string;
  readonly reason?: string;
}

/** The books of the simulated payment provider: one entry per charge key, so that nothing is charged or refunded twice. */
export class Ledger {
  public constructor(private readonly database: Database, private readonly table: string) {}

  /** The entry that stands under this key: this one, or the one that was there before. */
  public async enter(entry: LedgerEntry): Promise<LedgerEntry> {
    const entered = await this.database.create(this.table, 'key', entry);
    return entered ? entry : this.read(entry.key);
  }

  /** Marks an approved charge as refunded. If it was refunded before, that refund stands. */
  public async refund(key: string, refundId: string): Promise<LedgerEntry> {
    const refunded = await this.database.change<LedgerEntry>(this.table, { key }, {
      UpdateExpression: 'SET #status = :refunded, #refundId = :refundId, #refundedAmount = #amount',
      ConditionExpression: '#status = :approved',
      ExpressionAttributeNames: {
        '#status': 'status', '#refundId': 'refundId', '#refundedAmount': 'refundedAmount', '#amount': 'amount',
      },
      ExpressionAttributeValues: { ':refunded': 'REFUNDED', ':approved': 'APPROVED', ':refundId': refundId },
    });
    return refunded ?? this.read(key);
  }

  private async read(key: string): Promise<LedgerEntry> {
    return await this.database.find<LedgerEntry>(this.table, { key }) as LedgerEntry;
  }
}

/** An id that is the same for each repetition. */
export function idOf(kind: 'charge' | 'refund', key: string): string {
  return `${kind}-${digest(key).toString('hex').slice(0, 24)}`;
}

/** A number from 0 to 1 (excluded) that depends on the text alone. */
export function chanceOf(text: string): number {
  return digest(text).readUIntBE(0, 6) / 2 ** 48;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
