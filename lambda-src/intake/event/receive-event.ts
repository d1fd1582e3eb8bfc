import { Failure } from '../../failure';
import { logDone, stopwatch } from '../../log';
import { Intake, placeOrder } from '../place-order';
import type { PlacedOrder } from '../placed-order';
import { Refusal } from '../refusal';
import { submissionOf } from '../submission';

/** An event whose detail is an order. A bus may deliver it more than once, with the same id. */
export interface OrderEvent {
  readonly id: string;
  readonly detail: unknown;
}

/** Places the order of an event. An invalid order fails with an error name of its own, which the dead-letter queue shows. */
export async function receiveEvent(intake: Intake, { id, detail }: OrderEvent): Promise<PlacedOrder> {
  const took = stopwatch();
  try {
    const placed = await placeOrder(intake, submissionOf({ order: detail, messageId: id }, intake.defaults));
    logDone('an order was placed', { ...placed, eventId: id, ...took() });
    return placed;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    logDone('an event was rejected', { eventId: id, refusal: error.kind });
    throw new Failure('InvalidOrder', error.message, error);
  }
}
