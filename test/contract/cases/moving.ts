import { AT, BEFORE, ME, OTHER, ROW, UNDO, WriteCase, WriteCases, moved, refused, writer } from './case';
import type { RowWrite } from '../../../src/contract/row-write';
import * as writes from '../../../src/contract/writes';
import type { Row } from '../row-engine';

const MOVE = { ...writer, step: 'Reserve', from: 'VALID', version: 2, to: 'RESERVED' };
const RESERVED = moved('RESERVED', 'Reserve');

const moveCases = (row: Row, after: Partial<Row>): WriteCase[] => ([
  { why: 'the order is as the step left it', leaves: after },
  refused('another execution took the order over', { owner: OTHER }),
  refused('the order moved on', { version: 4 }),
  refused('the status was edited by hand', { status: 'PAID' }),
  refused('the undo has begun', { undo: UNDO }),
  refused('there is no such order', 'none'),
  { why: 'it rejects the order, and an undo begins', given: { reason: 'sold out', undoCause: 'rejected', undoFrom: 'Pay' }, leaves: { ...after, reason: 'sold out', undo: { cause: 'rejected', from: 'Pay', done: {} } } },
  { why: 'it fails, and there is no step before', given: { undoCause: 'failed' }, leaves: { ...after, undo: { cause: 'failed', done: {} } } },
  { why: 'it rejects the order, and nothing is to be undone', given: { ends: true }, leaves: { ...after, openSince: undefined, openShard: undefined } },
  { why: 'it does not end the order', given: { ends: false }, leaves: after },
  {
    why: 'it leaves results of the step',
    given: { currency: 'USD', reservation: { status: 'RESERVED' }, payment: { id: 1 }, results: { Fraud: { score: 3 } }, waiting: { token: 't' } },
    leaves: { ...after, currency: 'USD', reservation: { status: 'RESERVED' } as any, payment: { id: 1 }, results: { Fraud: { score: 3 } }, waiting: { token: 't' } as any },
  },
  { why: 'it ends a wait', row: { waiting: { token: 't' } as any }, given: { endsWait: true }, leaves: { ...after, waiting: undefined } },
  { why: 'it leaves a wait alone', row: { waiting: { token: 't' } as any }, leaves: after },
] as WriteCase[]).map((each) => ({ ...each, row: each.row === 'none' ? each.row : { ...row, ...each.row } }));

const replayCases: WriteCase[] = [
  { why: 'the answer of this very write was lost', row: { status: 'RESERVED', version: 3, history: RESERVED.history }, leaves: { updatedAt: AT } },
  refused('another execution made the same move', { status: 'RESERVED', version: 3, owner: OTHER }),
  refused('the order is at the next version in another status', { status: 'PAID', version: 3 }),
  refused('the order is in the status at a later version', { status: 'RESERVED', version: 4 }),
];
const cancelledReplay = refused('the answer of this very write was lost, and the customer asked to cancel since', {
  status: 'RESERVED', version: 3, history: RESERVED.history, cancelRequestedAt: BEFORE,
});
const noReplay = refused('the same move was made before: its effect must not come twice', { status: 'RESERVED', version: 3 });

const ofCancel = {
  refuses: refused('the customer asked to cancel', { cancelRequestedAt: BEFORE }),
  passes: { why: 'the customer asked to cancel, which is read afterwards', row: { cancelRequestedAt: BEFORE }, leaves: RESERVED },
};

const CANCELLING: Row = { ...ROW, cancelRequestedAt: BEFORE };
const CANCEL = { ...MOVE, to: 'CANCELLED' };
const CANCELLED = moved('CANCELLED', 'Reserve');

const unownedCases = (after: Partial<Row>): WriteCase[] => [
  { why: 'no execution has taken the order', row: { owner: undefined }, leaves: { ...after, owner: ME } },
];
const notUnowned = refused('no execution has the order', { owner: undefined });

export const MOVING: { readonly [write: string]: WriteCases } = {
  moveByState: {
    write: writes.moveByState as RowWrite,
    row: ROW,
    given: MOVE,
    cases: [...moveCases(ROW, RESERVED), ...replayCases, cancelledReplay, ofCancel.refuses, notUnowned],
  },
  recordStep: {
    write: writes.recordStep as RowWrite,
    row: ROW,
    given: MOVE,
    cases: [...moveCases(ROW, RESERVED), ...replayCases, ofCancel.passes, notUnowned],
  },
  moveByStep: {
    write: writes.moveByStep as RowWrite,
    row: ROW,
    given: MOVE,
    cases: [...moveCases(ROW, RESERVED), noReplay, ofCancel.refuses, notUnowned],
  },
  moveByFirstStep: {
    write: writes.moveByFirstStep as RowWrite,
    row: ROW,
    given: MOVE,
    cases: [...moveCases(ROW, RESERVED), noReplay, ofCancel.refuses, ...unownedCases(RESERVED)],
  },
  cancelByStep: {
    write: writes.cancelByStep as RowWrite,
    row: CANCELLING,
    given: CANCEL,
    cases: [...moveCases(CANCELLING, CANCELLED), refused('the customer did not ask to cancel', { cancelRequestedAt: undefined }), notUnowned],
  },
  cancelByFirstStep: {
    write: writes.cancelByFirstStep as RowWrite,
    row: CANCELLING,
    given: CANCEL,
    cases: [...moveCases(CANCELLING, CANCELLED), refused('the customer did not ask to cancel', { cancelRequestedAt: undefined }), ...unownedCases(CANCELLED)],
  },
};
