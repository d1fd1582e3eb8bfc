import type { RowWrite } from '../../../src/contract/row-write';
import type { Given, Row } from '../row-engine';

/** A row that a write meets, and what must become of it. */
export interface WriteCase {
  readonly why: string;
  /** How the row differs from the one that the write is for; undefined removes an attribute, and `none` stands for no row. */
  readonly row?: Partial<Row> | 'none';
  /** Values that differ. */
  readonly given?: Given;
  /** What is different on the row afterwards; undefined for what is removed. A refused write has none: the row stays as it was. */
  readonly leaves?: Partial<Row> | 'refused' | 'the row as it was';
}

/** The write, the row that it is for and the values; then its cases. */
export interface WriteCases {
  readonly write: RowWrite;
  readonly row: Row | 'none';
  readonly given: Given;
  readonly cases: readonly WriteCase[];
}

export const ME = 'execution-1';
export const OTHER = 'execution-2';
export const BEFORE = '2030-01-01T00:00:00.000Z';
export const AT = '2030-01-01T00:05:00.000Z';
export const HISTORY = { 1: { status: 'RECEIVED', at: BEFORE, step: 'intake' } };
export const SENT = { userId: 'user-1', currency: 'EUR', items: [{ productId: 'prod-1', quantity: 2, price: 29.99 }], totalAmount: 59.98 };
/** The first digit of the MD5 of its id. */
export const SHARD_OF_ORDER_1 = '6';

/** An order that this execution has, at its second version. */
export const ROW: Row = {
  orderId: 'order-1', ...SENT, status: 'VALID', version: 2, owner: ME, history: HISTORY, createdAt: BEFORE, updatedAt: BEFORE, openSince: BEFORE, openShard: 'e',
};
export const UNDO = { cause: 'failed' as const, from: 'Reserve', done: {} };
export const UNDOING: Row = { ...ROW, status: 'FAILED', reason: 'Pay failed', undo: UNDO };
export const STUCK: Row = { ...UNDOING, status: 'NEEDS_ATTENTION', undo: { ...UNDO, outcome: { status: 'FAILED', step: 'Reserve', steps: ['Reserve'] } } };
export const UNOWNED: Row = { ...ROW, status: 'RECEIVED', version: 1, owner: undefined };
export const writer = { owner: ME, at: AT };
export const entry = (status: string, step: string) => ({ status, at: AT, step });
export const refused = (why: string, row: Partial<Row> | 'none'): WriteCase => ({ why, row, leaves: 'refused' });
export const moved = (status: string, step: string, version = 3) =>
  ({ status, version, history: { ...HISTORY, [version]: entry(status, step) }, updatedAt: AT });

export const undoRowCases = (row: Row): WriteCase[] => [
  refused('another execution took the undo over', { owner: OTHER }),
  refused('the undo has not begun', { undo: undefined }),
  refused('the order moved on', { version: 4 }),
  refused('there is no such order', 'none'),
].map((each) => ({ ...each, row: each.row === 'none' ? each.row : { ...row, ...each.row } }));
