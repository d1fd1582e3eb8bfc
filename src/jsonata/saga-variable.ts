import { jsonata } from './expressions';

/**
 * What the states of an order share: the fields of `$saga`, the only variable of the state machine, so that no name of ours
 * meets one of a user's states.
 *
 * @internal
 */
export interface SagaFields {
  /** The order as the last write left it: what steps and notifications see. */
  readonly order?: string;
  /** What ended the order, if something failed: `{step, error, cause}`, in a recovery with its `kind` of alert. */
  readonly failure?: string;
  /** The step at which an undo of what has begun would start; absent while there is nothing to undo. */
  readonly undoFrom?: string;
  /** Whether the undo is on the row, which fences off late writes of forward steps. */
  readonly undoing?: string;
  /** Whether the failure was published: false after a publish that failed, absent before it was tried. */
  readonly published?: string;
  /** When the failure was published, until the next write keeps it. */
  readonly alertedAt?: string;
  /** The compensations that failed: a list of `{step, error, cause}`. */
  readonly attention?: string;
  /** How the order stands once all is undone, while it is on hold: `{status, reason, step, steps}`. */
  readonly outcome?: string;
  /** Whether it was published that the order is on hold. */
  readonly holdPublished?: string;
  /** Whether an operator has requested to retry what could not be undone. */
  readonly repaired?: string;
  /** The failures of closing steps that could not be published. */
  readonly unpublished?: string;
  /** In a recovery: the failures of closing steps that are still to be published. */
  readonly toPublish?: string;
}

/** The `Assign` of a state that sets `$saga` to what this JSONata yields. @internal */
export function setSaga(saga: string): { readonly saga: string } {
  return { saga: jsonata(saga) };
}

/** JSONata that reads a field of `$saga`. @internal */
export function sagaField(name: keyof SagaFields): string {
  return `$saga.${name}`;
}

/** JSONata that yields `$saga` anew, with these fields and no others; a field whose expression yields nothing is left out. @internal */
export function newSaga(fields: SagaFields): string {
  return `{${Object.entries(fields).filter(([, value]) => value !== undefined).map(([name, value]) => `'${name}': ${value}`).join(', ')}}`;
}

/** JSONata that yields `$saga` with these fields changed; a field whose expression yields nothing stays as it was. @internal */
export function changedSaga(fields: SagaFields): string {
  return `$merge([$saga, ${newSaga(fields)}])`;
}

/** JSONata that yields `$saga` without some fields, and with others changed. @internal */
export function sagaWithout(names: (keyof SagaFields)[], fields: SagaFields): string {
  return `$merge([$sift($saga, function($v, $k) { $not($k in [${names.map((name) => `'${name}'`).join(', ')}]) }), ${newSaga(fields)}])`;
}
