import { STATUSES } from '../contract/statuses';
import { OWNER, list, literal, pick } from '../jsonata/expressions';
import { newSaga, sagaField } from '../jsonata/saga-variable';

/** The part of the row that `Look up order` has read: the input of the choice behind it. */
const ROW = '$states.input';
const ORDER = sagaField('order');

/** JSONata: the order of `$saga`, with the status that the row has now. @internal */
export const ORDER_AS_READ = `$merge([${ORDER}, ${pick(ROW, ['status', 'version', 'reason', 'cancelRequestedAt'])}])`;

/** Conditions of the choice. @internal */
export const ROW_IS = {
  anotherExecutions: `$exists(${ROW}.owner) and ${ROW}.owner != ${OWNER}`,
  completed: `${ROW}.status = ${literal(STATUSES.COMPLETED)}`,
  /** The undo is on the row already: only the answer of that write was lost. */
  beingUndone: `$exists(${ROW}.undo)`,
  /** Rejected before anything had to be undone, or undone already. */
  closed: (rejectedStatuses: string[]) => `${ROW}.status in ${list([...rejectedStatuses, STATUSES.CANCELLED])} and $not($exists(${ROW}.openSince))`,
  explained: `$exists(${sagaField('failure')}) or $exists(${ROW}.cancelRequestedAt)`,
} as const;

/** JSONata: `$saga` of an undo that goes on from where the row states. @internal */
export const UNDO_AS_READ = newSaga({
  order: ORDER_AS_READ,
  undoing: 'true',
  undoFrom: `${ROW}.undo.from`,
  failure: `${ROW}.undo.cause = 'failed' ? ${sagaField('failure')}`,
  published: sagaField('published'),
  alertedAt: sagaField('alertedAt'),
  repaired: sagaField('repaired'),
});

/** JSONata: the failure of an order that is not as its execution has left it. @internal */
export const UNEXPECTED_STATE = "{'step': 'Order', 'error': 'UnexpectedOrderState', "
  + `'cause': 'the order is ' & $string(${ROW}.status) & ' at version ' & $string(${ROW}.version) `
  + `& ', expected ' & $string(${ORDER}.status) & ' at ' & $string(${ORDER}.version)}`;

/**
 * JSONata: where the undo begins, by the status that the row has; nothing where `$saga` knows it already.
 *
 * Another run of the same execution can be further than this one: what it can have begun is undone as well.
 *
 * @internal
 */
export function undoFromAsRead(furthestStep: string): string {
  return `$lookup(${furthestStep}, ${ROW}.status).undoFrom`;
}
