import { STATUSES } from '../statuses';
import { MINE, MOVE, WRITER, statusChange } from './parts';
import { RowWrite, constant, equals, exists, missing, parametersOf } from '../row-write';

const held = { ...WRITER, version: 'number', token: 'text?', notifiedAt: 'text?' } as const;
const noted = { at: 'text', version: 'number' } as const;
const left = { ...MOVE, reason: 'text?', repaired: 'flag?', resolution: 'document?' } as const;
const { at, version, token, notifiedAt } = parametersOf(held);
const { to, step, reason, repaired, resolution } = parametersOf(left);

const NEEDS_ATTENTION = equals('status', constant(STATUSES.NEEDS_ATTENTION));
const COVERED = 'the version covers for it: the status changes with the version only';

/** Puts the order on hold, with the token that an operator's answer goes to. */
export const holdOrder: RowWrite<typeof held> = {
  parameters: held,
  must: [MINE, equals('status', constant(STATUSES.NEEDS_ATTENTION), COVERED), equals('version', version)],
  set: [{ path: ['onHold'], value: { map: { at, token, notifiedAt } } }],
};

/** The sweeper puts the order on hold whose execution could not, after it notified the operators. */
export const holdByRecovery: RowWrite<typeof noted> = {
  parameters: noted,
  must: [NEEDS_ATTENTION, equals('version', version), missing('onHold')],
  set: [{ path: ['onHold'], value: { map: { at, notifiedAt: at } } }],
};

/** The sweeper notified the operators of an order that its execution had put on hold. */
export const noteNotification: RowWrite<typeof noted> = {
  parameters: noted,
  must: [NEEDS_ATTENTION, equals('version', version), exists('onHold')],
  set: [{ path: ['onHold', 'notifiedAt'], value: at }],
};

/** The sweeper published the failure of an order on hold, whose execution could not. */
export const noteFailure: RowWrite<typeof noted> = {
  parameters: noted,
  must: [NEEDS_ATTENTION, equals('version', version)],
  set: [{ path: ['alertedAt'], value: at }],
};

/** An operator has answered: what could not be undone is retried, or the order ends as resolved. */
export const leaveHold: RowWrite<typeof left> = {
  parameters: left,
  must: [MINE, equals('status', constant(STATUSES.NEEDS_ATTENTION), COVERED), equals('version', version)],
  replay: [MINE, equals('status', to), equals('version', { next: version })],
  set: [
    ...statusChange(to, step, version),
    { path: ['reason'], value: reason },
    { path: ['undo', 'repaired'], value: constant(true), when: repaired },
    { path: ['resolution'], value: resolution },
  ],
  remove: [{ path: ['reason'], unless: reason }, { path: ['onHold'] }, { path: ['undo', 'outcome'] }],
};
