import type { OrderInput } from './order-contract';
import { STATUSES } from '../../src/contract/statuses';

export interface ReservedLine {
  readonly productId: string;
  readonly quantity: number;
}

/** Units taken from the stock for an order. */
export interface Reservation {
  readonly status: 'RESERVED' | 'RELEASED';
  readonly lines: readonly ReservedLine[];
  readonly at: string;
  readonly releasedAt?: string;
  /** What could not go back, because the product is no longer sold. */
  readonly unreturned?: readonly ReservedLine[];
}

/** The order as every step and every state sees it. */
export interface OrderDocument extends OrderInput {
  readonly status: string;
  readonly version: number;
  readonly reason?: string;
  readonly reservation?: Reservation;
  readonly payment?: unknown;
  readonly results?: unknown;
  readonly cancelRequestedAt?: string;
  readonly createdAt: string;
}

/** One entry per version: which step brought the order to which status. */
export interface HistoryEntry {
  readonly status: string;
  readonly at: string;
  readonly step: string;
}

/** The undo of an order: why it began, at which step, and what is done of it. */
export interface Undo {
  readonly cause: 'rejected' | 'cancelled' | 'failed';
  readonly from: string;
  /** What failed, if something did. */
  readonly step?: string;
  readonly done: Readonly<Record<string, string>>;
  /** How the order stands once all is undone, while it waits for people. */
  readonly outcome?: { readonly status: string; readonly reason?: string; readonly step: string; readonly steps: readonly string[] };
}

/** A step that waits for somebody's answer. */
export interface Waiting {
  readonly step: string;
  readonly token: string;
  readonly until: string;
  readonly accepted: string;
  readonly rejected: string;
}

/** An order that could not be undone, and waits for people. */
export interface Parked {
  readonly at: string;
  /** When people were told. */
  readonly toldAt?: string;
  /** What they answer, where an execution waits for it. */
  readonly token?: string;
}

/** The order as the table holds it. */
export interface OrderRow extends OrderDocument {
  readonly owner?: string;
  /** What an intake was sent, as a hash: it tells a repetition from another order under the same id. */
  readonly requestHash?: string;
  readonly undo?: Undo;
  readonly waiting?: Waiting;
  readonly parked?: Parked;
  /** When people were told that the order failed. */
  readonly alertedAt?: string;
  /** How often the order was started again because nobody had taken it. */
  readonly restarts?: number;
  /** When people were told that nobody takes it. */
  readonly givenUpAt?: string;
  /** The closing steps whose failures nobody could be told of. */
  readonly untold?: ReadonlyArray<{ readonly step: string; readonly error: string; readonly cause: string }>;
  readonly history: Readonly<Record<string, HistoryEntry>>;
  readonly updatedAt: string;
  readonly openSince?: string;
  readonly openShard?: string;
}

/** What a step answers: the order after it, or, if nothing was ever stored, what was sent and why it was refused. */
export type OrderAnswer = { readonly status: string } & Partial<OrderDocument>;

export const { RECEIVED, COMPLETED, CANCELLED, NEEDS_ATTENTION, DUPLICATE } = STATUSES;

const SENT_FIELDS = ['orderId', 'userId', 'email', 'currency', 'items', 'totalAmount'] as const;
const DOCUMENT_FIELDS = [
  ...SENT_FIELDS, 'status', 'version', 'reason', 'reservation', 'payment', 'results', 'cancelRequestedAt', 'createdAt',
] as const;

/** The part of a row that is everybody's business. */
export function documentOf(row: OrderDocument): OrderDocument {
  return picked(row, DOCUMENT_FIELDS) as unknown as OrderDocument;
}

/** The part of anything that a client may have meant as an order. */
export function sentFields(value: unknown): Partial<OrderInput> {
  return typeof value === 'object' && value !== null ? picked(value, SENT_FIELDS) : {};
}

function picked(value: object, names: readonly string[]): Record<string, unknown> {
  const given = value as Record<string, unknown>;
  return Object.fromEntries(names.filter(name => Object.hasOwn(given, name)).map(name => [name, given[name]]));
}
