import { STATUSES } from '../statuses';
import { WORKFLOW_STEP } from '../workflow-steps';
import { MINE, SENT_PARAMETERS, UNDOING, UNOWNED, WRITER, entry, listing, once, sentValues, statusChange, unlisting } from './parts';
import { Assignment, Clause, RowWrite, constant, equals, exists, missing, parametersOf } from '../row-write';

const begun = {
  ...WRITER,
  orderId: 'text',
  to: 'text',
  cause: 'text',
  reason: 'text',
  from: 'text?',
  failedStep: 'text?',
  byRecovery: 'flag?',
  /** The version that was read; 0 where there was no row. */
  version: 'number',
  hadRow: 'flag',
  ...SENT_PARAMETERS,
} as const;
const undone = { ...WRITER, step: 'text' } as const;
const recorded = { ...undone, version: 'number', refunded: 'flag', reason: 'text?', refund: 'document?', alertedAt: 'text?' } as const;
const released = { ...undone, reservation: 'document' } as const;
const finished = {
  ...WRITER, version: 'number', to: 'text', stuck: 'flag', closes: 'flag', reason: 'text?', outcome: 'document?', alertedAt: 'text?',
} as const;
const { owner, at, orderId, to, cause, from, failedStep, byRecovery, version, hadRow, ...begin } = parametersOf(begun);
const { step, refunded, refund, ...record } = parametersOf(recorded);
const { reservation } = parametersOf(released);
const { stuck, closes, outcome, reason, alertedAt } = parametersOf(finished);

/** Fences off late writes of forward steps, and sets the status that the customer sees. There may be no row yet. */
export const beginUndo: RowWrite<typeof begun> = {
  parameters: begun,
  must: [{ anyOf: [missing('version'), equals('version', version)] }, { anyOf: [UNOWNED, MINE] }, missing('undo')],
  replay: [MINE, equals('version', { next: version }), equals(['undo', 'cause'], cause)],
  set: [
    { path: ['status'], value: to },
    { path: ['version'], value: { next: version } },
    { path: ['reason'], value: begin.reason },
    { path: ['owner'], value: owner },
    { path: ['updatedAt'], value: at },
    { path: ['undo'], value: { map: { cause, from, step: failedStep, interrupted: byRecovery, done: { map: {} } } } },
    { path: ['history', { next: version }], value: entry(to, constant(WORKFLOW_STEP.BEGIN_UNDO)), when: hadRow },
    { path: ['history'], value: { map: { 1: entry(to, constant(WORKFLOW_STEP.BEGIN_UNDO)) } }, unless: hadRow },
    ...once([{ path: ['createdAt'], value: at }, ...listing(orderId), ...sentValues()]),
  ],
  // No execution waits any more, and a token that nothing answers is of no use.
  remove: [{ path: ['waiting'] }],
};

/** What each record of a compensation sets. */
const DONE: Assignment = { path: ['undo', 'done', step], value: at };

/** Keeps what a compensation has done; when money went back, the order is REFUNDED at once. */
export const recordUndo: RowWrite<typeof recorded> = {
  parameters: recorded,
  must: [MINE, UNDOING, equals('version', version)],
  replay: [MINE, UNDOING, equals('version', { next: version }), equals('status', constant(STATUSES.REFUNDED))],
  set: [
    DONE,
    { path: ['alertedAt'], value: record.alertedAt },
    ...statusChange(constant(STATUSES.REFUNDED), step, version, refunded),
    { path: ['reason'], value: record.reason },
    { path: ['refund'], value: refund },
  ],
};

/** The record of a handler that undoes a step, with its effect in the same transaction: a retry of it is never accepted. */
function recordUndoByStep<P extends typeof undone>(parameters: P, clauses: readonly Clause[], effect: readonly Assignment[]): RowWrite<P> {
  return {
    parameters,
    must: [MINE, exists('undo', 'the row was read before, and an undo that began stays on it'), ...clauses],
    set: [DONE, { path: ['updatedAt'], value: at }, ...effect],
  };
}

/** The stock of the order is given back. */
export const releaseReservation = recordUndoByStep(
  released, [equals(['reservation', 'status'], constant('RESERVED'))], [{ path: ['reservation'], value: reservation }],
);

/** There is no stock to give back. */
export const releaseNothing = recordUndoByStep(undone, [missing('reservation')], []);

/** Closes an order that was undone, or puts it up for an operator when something could not be. */
export const finishUndo: RowWrite<typeof finished> = {
  parameters: finished,
  must: [MINE, UNDOING, equals('version', version)],
  replay: [MINE, UNDOING, equals('version', { next: version }), equals('status', to)],
  set: [
    ...statusChange(to, constant(WORKFLOW_STEP.FINISH_UNDO), version, stuck),
    { path: ['reason'], value: reason },
    { path: ['undo', 'outcome'], value: outcome },
    { path: ['alertedAt'], value: alertedAt },
  ],
  // What could not be published stays listed, for the sweeper to publish.
  remove: unlisting({ when: closes }),
};
