import { DOCUMENT_ATTRIBUTES, OrderDocument, OrderInput, OrderRow, SENT_ATTRIBUTES } from '../../src/contract/order-row';
import { STATUSES } from '../../src/contract/statuses';

export type { HistoryEntry, OnHold, OrderDocument, OrderInput, OrderRow, Reservation, ReservedLine, Undo, Waiting } from '../../src/contract/order-row';

/** What a step answers: the order after it, or, if nothing was ever stored, what was sent and why it was refused. */
export type OrderAnswer = { readonly status: string } & Partial<OrderDocument>;

export const { RECEIVED, COMPLETED, CANCELLED, NEEDS_ATTENTION, DUPLICATE } = STATUSES;

/** The part of a row that steps and states see. */
export function documentOf(row: OrderDocument): OrderDocument {
  return picked(row, DOCUMENT_ATTRIBUTES) as unknown as OrderDocument;
}

/** The part of anything that a client may have meant as an order. */
export function sentFields(value: unknown): Partial<OrderInput> {
  return typeof value === 'object' && value !== null ? picked(value, SENT_ATTRIBUTES) : {};
}

function picked(value: object, names: ReadonlyArray<keyof OrderRow>): Record<string, unknown> {
  const given = value as Record<string, unknown>;
  return Object.fromEntries(names.filter(name => Object.hasOwn(given, name)).map(name => [name, given[name]]));
}
