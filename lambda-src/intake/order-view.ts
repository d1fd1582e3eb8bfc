import { OrderRow, SHOWN_ATTRIBUTES } from '../../src/contract/order-row';

/** The attributes that the contract shows to the user of an order; a rejected order may lack some of what its client sent. */
export type OrderView = Partial<OrderRow>;

export interface HistoryView {
  readonly orderId: string;
  readonly history: ReadonlyArray<{ readonly version: number; readonly status: string; readonly at: string; readonly step: string }>;
}

export function orderView(row: OrderRow): OrderView {
  return Object.fromEntries(SHOWN_ATTRIBUTES.map(name => [name, row[name]]));
}

/** The statuses of an order in their order. */
export function historyView({ orderId, history }: OrderRow): HistoryView {
  const entries = Object.entries(history).map(([version, { status, at, step }]) => ({ version: Number(version), status, at, step }));
  return { orderId, history: entries.sort((a, b) => a.version - b.version) };
}
