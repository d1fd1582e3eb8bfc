import { changeOf } from './row-write';
import type { OrderDocument, Reservation, UndoCause } from '../../src/contract/order-row';
import { STATUSES } from '../../src/contract/statuses';
import { cancelByFirstStep, cancelByStep, moveByFirstStep, moveByStep } from '../../src/contract/writes/moving';
import type { Change } from '../dynamodb/database';

/** Who writes, in the name of which step, and what it may write. */
export interface StepWrite {
  /** The execution that has the order. */
  readonly owner: string;
  readonly step: string;
  /** When the state was entered: the same for each retry, so that a repeated write has the same bytes. */
  readonly at: string;
  readonly accepted: string;
  readonly rejected: string;
  /** The nearest earlier step that has something to undo. */
  readonly undoFrom?: string;
  /** How an order ends that waits for its turn too long: the status, and the time from which it is rejected rather than tried again. */
  readonly busy?: { readonly status: string; readonly after: string };
}

/** What a step leaves on the row with its write. */
export interface Effect {
  readonly reservation?: Reservation;
  readonly currency?: string;
}

/** The order moves forward; what the step did is stored with it. */
export function accepted(order: OrderDocument, write: StepWrite, effect: Effect = {}): Change {
  return changeOf(isReceived(order) ? moveByFirstStep : moveByStep, { ...moveOf(order, write, write.accepted), ...effect });
}

/** The step rejects the order: the same write begins the undo of the steps before, or ends the order if there are none. */
export function rejected(order: OrderDocument, write: StepWrite, reason: string, status = write.rejected): Change {
  return changeOf(isReceived(order) ? moveByFirstStep : moveByStep, {
    ...moveOf(order, write, status), ...endOf('rejected', write), reason,
  });
}

/** The customer requested cancellation before the step made its effect. */
export function cancelled(order: OrderDocument, write: StepWrite): Change {
  return changeOf(isReceived(order) ? cancelByFirstStep : cancelByStep, {
    ...moveOf(order, write, STATUSES.CANCELLED), ...endOf('cancelled', write),
  });
}

/** No execution has an order that was only received: its first step takes it. */
function isReceived({ version }: OrderDocument): boolean {
  return version === 1;
}

function moveOf({ status, version }: OrderDocument, { owner, at, step }: StepWrite, to: string) {
  return { owner, at, step, from: status, version, to };
}

/** What the end of the way forward sets: the undo begins, or the order ends where there is nothing to undo. */
export function endOf(cause: UndoCause, { undoFrom }: StepWrite) {
  return undoFrom ? { undoCause: cause, undoFrom } : { ends: true };
}
