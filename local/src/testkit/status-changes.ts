import { OrderRow } from './order-outcome';

/** A status that an order got. */
export interface StatusChange {
  readonly orderId: string;
  readonly status: string;
  readonly version: number;
  /** Why, where the order's newest status has a reason. */
  readonly reason?: string;
}

/**
 * Finds out which statuses orders got since they were last looked at. A row keeps its history,
 * so none is missed when writes follow each other faster than they are looked at.
 */
export class StatusChanges {
  private readonly seen = new Map<string, number>();

  public since(row: OrderRow): StatusChange[] {
    const { orderId, version, reason } = row;
    const seen = this.seen.get(orderId) ?? 0;
    if (version <= seen) {
      return [];
    }
    this.seen.set(orderId, version);
    const history = (row.history ?? {}) as Record<string, { status: string }>;
    const versions = Array.from({ length: version - seen }, (_, index) => seen + 1 + index);
    return versions.map((one) => ({
      orderId,
      version: one,
      status: history[one]?.status ?? row.status,
      ...(one === version && reason !== undefined && { reason }),
    }));
  }
}
