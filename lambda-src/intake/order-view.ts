import type { OrderRow } from '../order/order';

/** What is told of an order. All else on the row is the saga's, or somebody's personal data. */
const TOLD = [
  'orderId', 'status', 'version', 'reason', 'items', 'totalAmount', 'currency', 'cancelRequestedAt', 'createdAt', 'updatedAt',
] as const;

export type OrderView = Pick<OrderRow, typeof TOLD[number]>;

export interface HistoryView {
  readonly orderId: string;
  readonly history: ReadonlyArray<{ readonly version: number; readonly status: string; readonly at: string; readonly step: string }>;
}

export function orderView(row: OrderRow): OrderView {
  return Object.fromEntries(TOLD.map(name => [name, row[name]])) as unknown as OrderView;
}

/** The statuses of an order in their order. */
export function historyView({ orderId, history }: OrderRow): HistoryView {
  const entries = Object.entries(history).map(([version, { status, at, step }]) => ({ version: Number(version), status, at, step }));
  return { orderId, history: entries.sort((a, b) => a.version - b.version) };
}
