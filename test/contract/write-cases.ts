import type { Given, Row } from './row-engine';
import type { RowWrite } from '../../src/contract/row-write';
import * as writes from '../../src/contract/writes';

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

const ME = 'execution-1';
const OTHER = 'execution-2';
const BEFORE = '2030-01-01T00:00:00.000Z';
const AT = '2030-01-01T00:05:00.000Z';
const HISTORY = { 1: { status: 'RECEIVED', at: BEFORE, step: 'intake' } };
const SENT = { userId: 'user-1', currency: 'EUR', items: [{ productId: 'prod-1', quantity: 2, price: 29.99 }], totalAmount: 59.98 };
/** The first digit of the MD5 of its id. */
const SHARD_OF_ORDER_1 = '6';

/** An order that this execution has, at its second version. */
const ROW: Row = {
  orderId: 'order-1', ...SENT, status: 'VALID', version: 2, owner: ME, history: HISTORY, createdAt: BEFORE, updatedAt: BEFORE, openSince: BEFORE, openShard: 'e',
};
const UNDO = { cause: 'failed' as const, from: 'Reserve', done: {} };
const UNDOING: Row = { ...ROW, status: 'FAILED', reason: 'Pay failed', undo: UNDO };
const STUCK: Row = { ...UNDOING, status: 'NEEDS_ATTENTION', undo: { ...UNDO, outcome: { status: 'FAILED', step: 'Reserve', steps: ['Reserve'] } } };
const UNOWNED: Row = { ...ROW, status: 'RECEIVED', version: 1, owner: undefined };
const writer = { owner: ME, at: AT };
const entry = (status: string, step: string) => ({ status, at: AT, step });
const refused = (why: string, row: Partial<Row> | 'none'): WriteCase => ({ why, row, leaves: 'refused' });
const moved = (status: string, step: string, version = 3) =>
  ({ status, version, history: { ...HISTORY, [version]: entry(status, step) }, updatedAt: AT });

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

const EMAIL = 'jo@example.com';
const OPENING = { ...writer, orderId: 'order-1', ...SENT, email: EMAIL };
const NEW: Partial<Row> = {
  ...SENT, email: EMAIL, history: { 1: entry('RECEIVED', 'OpenOrder') }, createdAt: AT, updatedAt: AT, openSince: AT, openShard: SHARD_OF_ORDER_1,
};
/** What an execution was started with, which may differ from the row of an intake. */
const ANOTHER = { userId: 'another', email: 'new@example.com', currency: 'USD', items: [], totalAmount: 1 };
const BEGIN = { ...ANOTHER, ...writer, orderId: 'order-1', to: 'FAILED', cause: 'failed', reason: 'Pay failed', from: 'Pay', failedStep: 'Pay', version: 2, hadRow: true };
const BEGUN = {
  ...moved('FAILED', 'BeginUndo'), reason: 'Pay failed', owner: ME, undo: { cause: 'failed' as const, from: 'Pay', step: 'Pay', done: {} },
};
const RECORD = { ...writer, step: 'Reserve', version: 2, refunded: false };
const DONE = { ...UNDO, done: { Reserve: AT } };
const FINISH = { ...writer, version: 2, to: 'FAILED', stuck: false, closes: true };
const LEAVE = { ...writer, step: 'ResumeUndo', version: 2, to: 'FAILED', reason: 'Pay failed at last' };
const NOTE = { at: AT, version: 2 };

const undoRowCases = (row: Row): WriteCase[] => [
  refused('another execution took the undo over', { owner: OTHER }),
  refused('the undo has not begun', { undo: undefined }),
  refused('the order moved on', { version: 4 }),
  refused('there is no such order', 'none'),
].map((each) => ({ ...each, row: each.row === 'none' ? each.row : { ...row, ...each.row } }));

export const WRITE_CASES: { readonly [name: string]: WriteCases } = {
  moveByState: {
    write: writes.moveByState as RowWrite,
    row: ROW,
    given: MOVE,
    cases: [...moveCases(ROW, RESERVED), ...replayCases, ofCancel.refuses, notUnowned],
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
    cases: [...moveCases(CANCELLING, CANCELLED), refused('nobody asked to cancel', { cancelRequestedAt: undefined }), notUnowned],
  },
  cancelByFirstStep: {
    write: writes.cancelByFirstStep as RowWrite,
    row: CANCELLING,
    given: CANCEL,
    cases: [...moveCases(CANCELLING, CANCELLED), refused('nobody asked to cancel', { cancelRequestedAt: undefined }), ...unownedCases(CANCELLED)],
  },
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
  beginUndo: {
    write: writes.beginUndo as RowWrite,
    row: ROW,
    given: BEGIN,
    cases: [
      { why: 'the order is as it was read', row: { email: EMAIL }, leaves: BEGUN },
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
  closeOrder: {
    write: writes.closeOrder as RowWrite,
    row: UNDOING,
    given: { owner: ME, version: 2 },
    cases: [
      { why: 'the order has ended', leaves: { openSince: undefined, openShard: undefined } },
      refused('another execution took the order over', { owner: OTHER }),
      refused('the order moved on', { version: 3 }),
    ],
  },
  closeCompleted: {
    write: writes.closeCompleted as RowWrite,
    row: { ...ROW, status: 'COMPLETED' },
    given: { owner: ME },
    cases: [
      { why: 'the closing steps have ended', leaves: { openSince: undefined, openShard: undefined } },
      { why: 'a failure could not be published', given: { unpublished: [{ step: 'Mail' }] }, leaves: { unpublished: [{ step: 'Mail' }] as any } },
      refused('a recovery took the order over', { owner: OTHER }),
      refused('the order is not completed', { status: 'PAID' }),
    ],
  },
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
  claimOrder: {
    write: writes.claimOrder as RowWrite,
    row: { ...ROW, owner: OTHER },
    given: { ...writer, interrupted: OTHER, notified: false },
    cases: [
      { why: 'the interrupted execution has the order', leaves: { owner: ME, updatedAt: AT } },
      { why: 'its failure was published', given: { notified: true }, leaves: { owner: ME, updatedAt: AT, alertedAt: AT } },
      { why: 'the answer of this very write was lost', row: { owner: ME }, leaves: { updatedAt: AT } },
      refused('another recovery claimed the order', { owner: 'execution-3' }),
      refused('the order has ended', { openSince: undefined }),
    ],
  },
  countRestart: {
    write: writes.countRestart as RowWrite,
    row: UNOWNED,
    given: { times: 1 },
    cases: [
      { why: 'no execution has the order', leaves: { restarts: 1 } },
      { why: 'it was started before', row: { restarts: 1 }, given: { times: 2, restarts: 1 }, leaves: { restarts: 2 } },
      refused('another sweep counted it', { restarts: 1 }),
      { why: 'another sweep counted a later start', row: { restarts: 2 }, given: { times: 2, restarts: 1 }, leaves: 'refused' },
      refused('an execution has taken the order', { owner: ME }),
      refused('the order is gone: no row must appear', 'none'),
    ],
  },
  giveUp: {
    write: writes.giveUp as RowWrite,
    row: UNOWNED,
    given: { at: AT },
    cases: [
      { why: 'no execution has the order', leaves: { givenUpAt: AT } },
      refused('an execution has taken the order', { owner: ME }),
      refused('the order is gone: no row must appear', 'none'),
    ],
  },
  startAnew: {
    write: writes.startAnew as RowWrite,
    row: { ...UNOWNED, givenUpAt: BEFORE, restarts: 3 },
    given: { givenUpAt: BEFORE },
    cases: [
      { why: 'the order was given up', leaves: { givenUpAt: undefined, restarts: undefined } },
      refused('it was given up once more since', { givenUpAt: AT }),
      refused('an execution has taken the order', { owner: ME }),
      refused('the order has ended', { openSince: undefined }),
    ],
  },
  requestCancel: {
    write: writes.requestCancel as RowWrite,
    row: ROW,
    given: { at: AT },
    cases: [
      { why: 'the order is open', leaves: { cancelRequestedAt: AT } },
      { why: 'the customer has asked before', row: { cancelRequestedAt: BEFORE }, leaves: 'the row as it was' },
      refused('the order has ended', { openSince: undefined }),
      refused('the undo has begun', { undo: UNDO }),
      refused('the order is completed, and closing steps are to come', { status: 'COMPLETED' }),
    ],
  },
};
