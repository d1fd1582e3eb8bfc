import { AT, ME, OTHER, ROW, SENT, SHARD_OF_ORDER_1, UNOWNED, WriteCases, entry, refused, writer } from './case';
import type { RowWrite } from '../../../src/contract/row-write';
import * as writes from '../../../src/contract/writes';
import type { Row } from '../row-engine';

export const EMAIL = 'jo@example.com';
export const OPENING = { ...writer, orderId: 'order-1', ...SENT, email: EMAIL };
export const NEW: Partial<Row> = {
  ...SENT, email: EMAIL, history: { 1: entry('RECEIVED', 'OpenOrder') }, createdAt: AT, updatedAt: AT, openSince: AT, openShard: SHARD_OF_ORDER_1,
};
/** What an execution was started with, which may differ from the row of an intake. */
export const ANOTHER = { userId: 'another', email: 'new@example.com', currency: 'USD', items: [], totalAmount: 1 };

export const OPENING_CASES: { readonly [write: string]: WriteCases } = {
  receiveOrder: {
    write: writes.receiveOrder as RowWrite,
    row: 'none',
    given: { ...OPENING, requestHash: 'hash' },
    cases: [
      { why: 'the order is new', leaves: { ...NEW, status: 'RECEIVED', version: 1, requestHash: 'hash', history: { 1: entry('RECEIVED', 'intake') } } },
      refused('the order has a row', ROW),
    ],
  },
  createOrder: {
    write: writes.createOrder as RowWrite,
    row: 'none',
    given: { ...OPENING, step: 'Validate', to: 'VALID' },
    cases: [
      { why: 'the order is new', leaves: { ...NEW, status: 'VALID', version: 2, owner: ME, history: { ...NEW.history, 2: entry('VALID', 'Validate') } } },
      {
        why: 'it is rejected after a prepaid payment',
        given: { to: 'INVALID', reason: 'no items', undoCause: 'rejected', undoFrom: 'Paid' },
        leaves: { ...NEW, status: 'INVALID', version: 2, owner: ME, reason: 'no items', undo: { cause: 'rejected', from: 'Paid', done: {} }, history: { ...NEW.history, 2: entry('INVALID', 'Validate') } },
      },
      refused('the order has a row', ROW),
    ],
  },
  openOrder: {
    write: writes.openOrder as RowWrite,
    row: 'none',
    given: OPENING,
    cases: [
      { why: 'the order is new', leaves: { ...NEW, status: 'RECEIVED', version: 1, owner: ME } },
      { why: 'an intake received the order: what it wrote stays', row: { ...UNOWNED, email: EMAIL }, given: ANOTHER, leaves: { owner: ME, updatedAt: AT } },
      { why: 'the answer of this very write was lost', row: { ...UNOWNED, owner: ME, email: EMAIL }, leaves: { updatedAt: AT } },
      refused('another execution has the order', { ...UNOWNED, owner: OTHER }),
      refused('the order moved on', { ...UNOWNED, owner: ME, status: 'VALID', version: 2 }),
      refused('the order was rejected before it had an owner', { ...UNOWNED, status: 'INVALID' }),
    ],
  },
};
