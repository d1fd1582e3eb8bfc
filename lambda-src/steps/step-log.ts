import { logged } from '../log';
import type { OrderAnswer } from '../order/order';
import { isOrderId } from '../order/order-contract';
import type { UndoEvent } from '../order/step-event';
import type { StepWrite } from '../order/step-write';

const STEP = { done: 'a step answered', failed: 'a step failed' };
const UNDO = { done: 'a step was undone', failed: 'a step was not undone' };

/** Runs a step and writes one line about it. */
export async function loggedStep(order: unknown, write: StepWrite, work: () => Promise<OrderAnswer>): Promise<OrderAnswer> {
  return logged(STEP, about(order, write), work, ({ status }) => ({ status, outcome: outcomeOf(status, write) }));
}

/** Undoes a step and writes one line about it. */
export async function loggedUndo<T>(order: unknown, write: UndoEvent['write'], work: () => Promise<T>): Promise<T> {
  return logged(UNDO, about(order, write), work, () => ({}));
}

/** Anything can have been sent as an order, so its id is named only if it is one. */
function about(order: unknown, { step, owner }: UndoEvent['write']) {
  const { orderId } = (order ?? {}) as { orderId?: unknown };
  return { step, orderId: isOrderId(orderId) ? orderId : undefined, execution: owner };
}

/** Any other status is that of an order which was cancelled, or which another execution has. */
function outcomeOf(status: string, { accepted, rejected, busy }: StepWrite): string {
  if (status === accepted) return 'accepted';
  if (status === busy?.status) return 'busy';
  return status === rejected ? 'rejected' : 'ended';
}
