import { ALERT_KINDS } from '../contract/alert-kinds';
import { LATE_FAILURE } from '../contract/late-failure';
import { DOCUMENT_ATTRIBUTES } from '../contract/order-row';
import { STATUSES } from '../contract/statuses';
import { WORKFLOW_STEP } from '../contract/workflow-steps';
import { OWNER, list, literal, pick } from '../jsonata/expressions';
import { newSaga, sagaField } from '../jsonata/saga-variable';
import { furthestStep } from '../saga/furthest-step';
import { SagaStep } from '../saga/saga-step';

/** JSONata: the input of the recovery, in a variable of its own. @internal */
export const REQUEST = '$request';

/** The order's row as `Read order` has read it: the input of the choice behind it. */
const ROW = '$states.input';

const ON_HOLD = `${ROW}.status = ${literal(STATUSES.NEEDS_ATTENTION)}`;

/** Conditions of the choice. @internal */
export const ROW_IS = {
  /** The order belongs to another execution, or is closed. */
  anotherExecutions: `$not(${ROW}.owner = ${OWNER}) or $not($exists(${ROW}.openSince))`,
  /** An operator answers for an order that is on hold. */
  resolvedBy: (action: string) => `${ON_HOLD} and ${REQUEST}.repair.action = ${literal(action)}`,
  /** An operator has resolved the order, and that was not published. */
  resolved: `$exists(${ROW}.resolution)`,
  /** It is on hold again, or was repaired before. */
  onHoldOrRepaired: `${ON_HOLD} or ($exists(${REQUEST}.repair) and $not($exists(${sagaField('undoing')})))`,
  completed: `${ROW}.status = ${literal(STATUSES.COMPLETED)}`,
  beingUndone: `$exists(${ROW}.undo)`,
} as const;

/**
 * JSONata: `$saga` made anew from the row, with these fields.
 *
 * What was published stays published, however often the row is read.
 *
 * @internal
 */
export function readSaga(fields: string): string {
  const kept = newSaga({
    published: `$exists(${sagaField('published')}) ? ${sagaField('published')} : (${REQUEST}.published = true or $exists(${ROW}.alertedAt)) ? true`,
    alertedAt: sagaField('alertedAt'),
    repaired: `$exists(${sagaField('repaired')}) ? ${sagaField('repaired')} : ${ROW}.undo.repaired`,
  });
  return `$merge([${newSaga({ order: pick(ROW, DOCUMENT_ATTRIBUTES) })}, ${kept}, ${fields}])`;
}

/** JSONata: where the undo begins and what failed, by how far the interrupted execution can have come. @internal */
export function furthestReached(steps: SagaStep[]): string {
  // A status that no step has any more: it stands for the step, which this workflow cannot undo.
  const reach = `($reach := $lookup(${furthestStep(steps)}, ${ROW}.status); $exists($reach) ? $reach : {'step': 'Order', 'undoFrom': ${ROW}.status})`;
  return `($reach := ${reach}; ${newSaga({ undoFrom: '$reach.undoFrom', failure: `$merge([{'step': $reach.step}, ${REQUEST}.failure])` })})`;
}

/**
 * JSONata: what failed, of an order whose undo has begun.
 *
 * A failure that began the undo is published as what it was, at whatever state of the undo an execution was interrupted. Of an undo that
 * began otherwise the interruption is published, unless an operator has repaired the order since.
 *
 * @internal
 */
export function failureAt(): string {
  const undo = `${ROW}.undo`;
  const step = `$exists(${undo}.step) ? ${undo}.step : $exists(${undo}.from) ? ${undo}.from : ${literal(WORKFLOW_STEP.ORDER)}`;
  const kind = `${undo}.interrupted = true ? ${literal(ALERT_KINDS.EXECUTION_INTERRUPTED)} : ${literal(ALERT_KINDS.ORDER_FAILED)}`;
  const [before, after] = LATE_FAILURE.CAUSE.map(literal);
  const late = `{'error': ${literal(LATE_FAILURE.ERROR)}, 'cause': ${before} & $step & ${after}}`;
  return `($step := ${step}; ${undo}.cause = 'failed' ? $merge([{'step': $step}, ${late}, ${REQUEST}.failure, {'kind': ${kind}}]) `
    + `: $exists(${REQUEST}.failure) and $not(${undo}.repaired = true or $exists(${ROW}.resolution)) ? $merge([{'step': $step}, ${REQUEST}.failure]))`;
}

/** JSONata: compensations run in one order, so the undo goes on at the first that is not done. @internal */
export function firstNotUndone(steps: string[]): string {
  return `($from := ${ROW}.undo.from; $done := $keys(${ROW}.undo.done); $chain := ${list(steps)}; `
    + '$at := $filter([0..$count($chain)], function($i) { $chain[$i] = $from })[0]; '
    + '$exists($at) ? $filter($chain, function($step, $i) { $i >= $at and $not($step in $done) })[0] : $from)';
}

/** JSONata: the failures of closing steps that were not published; without a list of them, that the execution was interrupted. @internal */
export function closingFailures(): string {
  return `$exists(${REQUEST}.unpublished) ? ${REQUEST}.unpublished : [$merge([{'step': ${literal(WORKFLOW_STEP.CLOSING_STEPS)}}, ${REQUEST}.failure])]`;
}
