import { AT, BEFORE, OTHER, STUCK, UNDO, WriteCases, moved, refused, writer } from './case';
import type { RowWrite } from '../../../src/contract/row-write';
import * as writes from '../../../src/contract/writes';

const LEAVE = { ...writer, step: 'ResumeUndo', version: 2, to: 'FAILED', reason: 'Pay failed at last' };
const NOTE = { at: AT, version: 2 };

export const HOLDING: { readonly [write: string]: WriteCases } = {
  holdOrder: {
    write: writes.holdOrder as RowWrite,
    row: STUCK,
    given: { ...writer, version: 2 },
    cases: [
      { why: 'nothing waits for an answer', leaves: { onHold: { at: AT } } },
      { why: 'the execution waits for an answer', given: { token: 't', notifiedAt: AT }, leaves: { onHold: { at: AT, token: 't', notifiedAt: AT } } },
      refused('a recovery took the order over', { owner: OTHER }),
      refused('the order was repaired', { version: 3 }),
      refused('the status was edited by hand', { status: 'FAILED' }),
    ],
  },
  holdByRecovery: {
    write: writes.holdByRecovery as RowWrite,
    row: STUCK,
    given: NOTE,
    cases: [
      { why: 'the execution could not put it on hold', leaves: { onHold: { at: AT, notifiedAt: AT } } },
      refused('the execution put it on hold meanwhile: its token must stay', { onHold: { at: BEFORE, token: 't' } }),
      refused('the order was repaired and is stuck again', { version: 4 }),
      refused('the order needs no attention any more', { status: 'FAILED' }),
    ],
  },
  noteNotification: {
    write: writes.noteNotification as RowWrite,
    row: { ...STUCK, onHold: { at: BEFORE, token: 't' } },
    given: NOTE,
    cases: [
      { why: 'the order is on hold', leaves: { onHold: { at: BEFORE, token: 't', notifiedAt: AT } } },
      refused('the order was repaired and is on hold again', { version: 4 }),
      refused('the order needs no attention any more', { status: 'FAILED' }),
      refused('an operator has answered', { onHold: undefined }),
    ],
  },
  noteFailure: {
    write: writes.noteFailure as RowWrite,
    row: STUCK,
    given: NOTE,
    cases: [
      { why: 'the order is on hold', leaves: { alertedAt: AT } },
      refused('the order was repaired and is on hold again', { version: 4 }),
      refused('the order needs no attention any more', { status: 'FAILED' }),
    ],
  },
  leaveHold: {
    write: writes.leaveHold as RowWrite,
    row: { ...STUCK, onHold: { at: BEFORE, token: 't' } },
    given: LEAVE,
    cases: [
      { why: 'an operator answers', leaves: { ...moved('FAILED', 'ResumeUndo'), reason: 'Pay failed at last', onHold: undefined, undo: UNDO } },
      { why: 'an operator asks to retry', given: { repaired: true }, leaves: { ...moved('FAILED', 'ResumeUndo'), reason: 'Pay failed at last', onHold: undefined, undo: { ...UNDO, repaired: true } } },
      {
        why: 'an operator resolved an order that ends without a reason',
        given: { reason: undefined, resolution: { at: AT, by: 'jo' } },
        leaves: { ...moved('FAILED', 'ResumeUndo'), reason: undefined, onHold: undefined, undo: UNDO, resolution: { at: AT, by: 'jo' } },
      },
      { why: 'the answer of this very write was lost', row: { ...moved('FAILED', 'ResumeUndo'), undo: UNDO, onHold: undefined }, leaves: { reason: 'Pay failed at last' } },
      refused('another execution made the same write', { status: 'FAILED', version: 3, owner: OTHER }),
      refused('the order is at the next version in another status', { status: 'REFUNDED', version: 3 }),
      refused('the order is in the status at a later version', { status: 'FAILED', version: 5 }),
      refused('a recovery took the order over', { owner: OTHER }),
      refused('the order is stuck again', { version: 4 }),
      refused('the status was edited by hand', { status: 'CANCELLED' }),
    ],
  },
};
