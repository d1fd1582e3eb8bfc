import { MINE, MOVE, UNOWNED, statusChange, unlisting } from './parts';
import { Clause, RowWrite, equals, exists, missing, parametersOf } from '../row-write';

const moved = {
  ...MOVE,
  from: 'text',
  reason: 'text?',
  /** With a cause the same write begins the undo. */
  undoCause: 'text?',
  undoFrom: 'text?',
  /** Whether nothing is left to undo, so that the order ends. */
  ends: 'flag?',
  endsWait: 'flag?',
  // What a step leaves on the row.
  currency: 'text?',
  reservation: 'document?',
  payment: 'document?',
  results: 'document?',
  waiting: 'document?',
} as const;

const { owner, from, version, to, step, reason, undoCause, undoFrom, ends, endsWait, ...left } = parametersOf(moved);
const { currency, reservation, payment, results, waiting } = left;

export type MovedParameters = typeof moved;

/** How a write that moves an order may be used. */
interface Use {
  /** What a customer's request to cancel does to the write: refuses it, lets it pass to be read afterwards, or is what it needs. */
  readonly cancel: 'refuses' | 'passes' | 'is needed';
  /** Whether a retry of the write is accepted: never where an effect is in the same transaction. */
  readonly acceptsReplay?: boolean;
  /** Whether it also takes an order that an intake received and no execution has. */
  readonly takesUnowned?: boolean;
}

const COVERED = 'each status has a version of its own, so the version covers for it unless an operator edits the row by hand';

/** A step or a state moves the order to a status: forward, to a rejection, or to the end of a cancel. */
function moveOrder({ cancel, acceptsReplay, takesUnowned }: Use): RowWrite<MovedParameters> {
  const ofCancel: { readonly [use in Use['cancel']]: Clause[] } = {
    'refuses': [missing('cancelRequestedAt')],
    'passes': [],
    'is needed': [exists('cancelRequestedAt')],
  };
  return {
    parameters: moved,
    must: [
      takesUnowned ? { anyOf: [MINE, UNOWNED] } : MINE,
      equals('version', version),
      equals('status', from, COVERED),
      missing('undo', 'an undo begins with a version of its own, so the version covers for it'),
      ...ofCancel[cancel],
    ],
    // A wait whose write is tried again has another token: a cancel that came between the two has woken the first, so it must be seen here.
    ...(acceptsReplay ? { replay: [MINE, equals('version', { next: version }), equals('status', to), ...ofCancel[cancel]] } : {}),
    set: [
      ...(takesUnowned ? [{ path: ['owner'], value: owner }] : []),
      ...statusChange(to, step, version),
      { path: ['reason'], value: reason },
      { path: ['undo'], value: { map: { cause: undoCause, from: undoFrom, done: { map: {} } } }, when: undoCause },
      { path: ['currency'], value: currency },
      { path: ['reservation'], value: reservation },
      { path: ['payment'], value: payment },
      { path: ['results'], value: results },
      { path: ['waiting'], value: waiting },
    ],
    remove: [...unlisting({ when: ends }), { path: ['waiting'], when: endsWait }],
  };
}

/** A state moves the order forward; a customer's cancel can still prevent it. */
export const moveByState = moveOrder({ acceptsReplay: true, cancel: 'refuses' });
/** A state records what a task returned, whose effect has happened: a cancel is read from the row afterwards. */
export const recordStep = moveOrder({ acceptsReplay: true, cancel: 'passes' });
/** A handler moves the order, with or without an effect in the same transaction. */
export const moveByStep = moveOrder({ cancel: 'refuses' });
/** The same as the first write of an execution. */
export const moveByFirstStep = moveOrder({ cancel: 'refuses', takesUnowned: true });
/** A handler ends an order that the customer cancelled before the step made its effect. */
export const cancelByStep = moveOrder({ cancel: 'is needed' });
/** The same as the first write of an execution. */
export const cancelByFirstStep = moveOrder({ cancel: 'is needed', takesUnowned: true });
