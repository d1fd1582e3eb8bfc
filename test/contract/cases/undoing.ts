import { AT, BEFORE, ME, OTHER, ROW, SHARD_OF_ORDER_1, UNDO, UNDOING, WriteCases, entry, moved, refused, undoRowCases, writer } from './case';
import { ANOTHER, EMAIL } from './opening';
import type { RowWrite } from '../../../src/contract/row-write';
import * as writes from '../../../src/contract/writes';

const BEGIN = { ...ANOTHER, ...writer, orderId: 'order-1', to: 'FAILED', cause: 'failed', reason: 'Pay failed', from: 'Pay', failedStep: 'Pay', version: 2, hadRow: true };
const BEGUN = {
  ...moved('FAILED', 'BeginUndo'), reason: 'Pay failed', owner: ME, undo: { cause: 'failed' as const, from: 'Pay', step: 'Pay', done: {} },
};
const RECORD = { ...writer, step: 'Reserve', version: 2, refunded: false };
const DONE = { ...UNDO, done: { Reserve: AT } };
const FINISH = { ...writer, version: 2, to: 'FAILED', stuck: false, closes: true };

export const UNDOING_CASES: { readonly [write: string]: WriteCases } = {
  beginUndo: {
    write: writes.beginUndo as RowWrite,
    row: ROW,
    given: BEGIN,
    cases: [
      { why: 'the order is as it was read', row: { email: EMAIL }, leaves: BEGUN },
      {
        why: 'a recovery begins it', row: { email: EMAIL }, given: { byRecovery: true }, leaves: { ...BEGUN, undo: { ...BEGUN.undo, interrupted: true } },
      },
      { why: 'a wait ends with it', row: { waiting: { token: 't' } as any }, leaves: { ...BEGUN, waiting: undefined, email: ANOTHER.email } },
      { why: 'no execution has taken the order', row: { owner: undefined }, leaves: { ...BEGUN, email: ANOTHER.email } },
      {
        why: 'there is no row yet: what is known is kept',
        row: 'none',
        given: { version: 0, hadRow: false },
        leaves: { ...ANOTHER, ...BEGUN, version: 1, history: { 1: entry('FAILED', 'BeginUndo') }, createdAt: AT, openSince: AT, openShard: SHARD_OF_ORDER_1 },
      },
      { why: 'the answer of this very write was lost', row: { ...BEGUN, undo: BEGUN.undo, email: EMAIL }, leaves: { updatedAt: AT } },
      refused('another execution took the order over', { owner: OTHER }),
      refused('the order moved on', { version: 4 }),
      refused('the undo has begun with a step of this version', { undo: UNDO }),
      refused('another execution began the same undo', { version: 3, undo: BEGUN.undo, owner: OTHER }),
      refused('an undo of another cause has begun', { version: 3, undo: { ...UNDO, cause: 'rejected' } }),
      refused('the undo is further', { version: 4, undo: BEGUN.undo }),
    ],
  },
  recordUndo: {
    write: writes.recordUndo as RowWrite,
    row: UNDOING,
    given: RECORD,
    cases: [
      { why: 'the undo is as it was left', leaves: { undo: DONE, updatedAt: AT } },
      { why: 'the failure was published', given: { alertedAt: BEFORE }, leaves: { undo: DONE, updatedAt: AT, alertedAt: BEFORE } },
      {
        why: 'money went back',
        given: { refunded: true, reason: 'FAILED: Pay failed', refund: { id: 7 } },
        leaves: { undo: DONE, ...moved('REFUNDED', 'Reserve'), reason: 'FAILED: Pay failed', refund: { id: 7 } },
      },
      {
        why: 'the answer of the refund’s record was lost',
        row: { status: 'REFUNDED', version: 3, undo: DONE, history: moved('REFUNDED', 'Reserve').history },
        given: { refunded: true },
        leaves: { updatedAt: AT },
      },
      refused('another execution recorded the refund', { status: 'REFUNDED', version: 3, owner: OTHER }),
      refused('the order was refunded and its undo is gone', { status: 'REFUNDED', version: 3, undo: undefined }),
      refused('the order is at the next version in another status', { status: 'CANCELLED', version: 3 }),
      refused('the order is refunded at a later version', { status: 'REFUNDED', version: 4 }),
      ...undoRowCases(UNDOING),
    ],
  },
  releaseReservation: {
    write: writes.releaseReservation as RowWrite,
    row: { ...UNDOING, reservation: { status: 'RESERVED', lines: [], at: BEFORE } },
    given: { ...writer, step: 'Reserve', reservation: { status: 'RELEASED' } },
    cases: [
      { why: 'the stock is reserved', leaves: { undo: DONE, updatedAt: AT, reservation: { status: 'RELEASED' } as any } },
      refused('the stock was given back', { reservation: { status: 'RELEASED', lines: [], at: BEFORE } }),
      refused('nothing was reserved', { reservation: undefined }),
      refused('another execution took the undo over', { owner: OTHER }),
      refused('the undo is gone', { undo: undefined }),
    ],
  },
  releaseNothing: {
    write: writes.releaseNothing as RowWrite,
    row: UNDOING,
    given: { ...writer, step: 'Reserve' },
    cases: [
      { why: 'nothing was reserved', leaves: { undo: DONE, updatedAt: AT } },
      refused('a reservation came after all', { reservation: { status: 'RESERVED', lines: [], at: BEFORE } }),
      refused('another execution took the undo over', { owner: OTHER }),
      refused('the undo is gone', { undo: undefined }),
    ],
  },
  finishUndo: {
    write: writes.finishUndo as RowWrite,
    row: UNDOING,
    given: FINISH,
    cases: [
      { why: 'all is undone', leaves: { updatedAt: AT, openSince: undefined, openShard: undefined } },
      { why: 'the failure could not be published', given: { closes: false }, leaves: { updatedAt: AT } },
      { why: 'the status of an order that is stuck is not written to one that is not', given: { to: 'NEEDS_ATTENTION' }, leaves: { updatedAt: AT, openSince: undefined, openShard: undefined } },
      { why: 'the failure was published', given: { alertedAt: BEFORE }, leaves: { updatedAt: AT, alertedAt: BEFORE, openSince: undefined, openShard: undefined } },
      {
        why: 'something could not be undone',
        given: { stuck: true, closes: false, to: 'NEEDS_ATTENTION', reason: 'could not undo Reserve', outcome: { status: 'FAILED' } },
        leaves: { ...moved('NEEDS_ATTENTION', 'FinishUndo'), reason: 'could not undo Reserve', undo: { ...UNDO, outcome: { status: 'FAILED' } as any } },
      },
      {
        why: 'the answer of this very write was lost',
        row: { status: 'NEEDS_ATTENTION', version: 3, history: moved('NEEDS_ATTENTION', 'FinishUndo').history },
        given: { stuck: true, closes: false, to: 'NEEDS_ATTENTION' },
        leaves: { updatedAt: AT },
      },
      refused('another execution finished the undo', { version: 3, owner: OTHER }),
      refused('the undo is gone', { version: 3, undo: undefined }),
      refused('the order is at the next version in another status', { version: 3, status: 'NEEDS_ATTENTION' }),
      refused('the order is in the status at a later version', { version: 5 }),
      ...undoRowCases(UNDOING),
    ],
  },
};
