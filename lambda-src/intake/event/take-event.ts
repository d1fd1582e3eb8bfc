import { Failure } from '../../failure';
import { logDone, stopwatch } from '../../log';
import { Intake, Placed, placeOrder } from '../place-order';
import { Refusal } from '../refusal';
import { submissionOf } from '../submission';

/** An event of a bus whose detail is an order. The bus may deliver it more than once, with the same id. */
export interface OrderEvent {
  readonly id: string;
  readonly detail: unknown;
}

/** Places the order of an event. What no repetition makes an order of has a name of its own for whoever finds the dead letter. */
export async function takeEvent(intake: Intake, { id, detail }: OrderEvent): Promise<Placed> {
  const took = stopwatch();
  try {
    const placed = await placeOrder(intake, submissionOf({ order: detail, messageId: id }, intake.defaults));
    logDone('an order was placed', { ...placed, eventId: id, ...took() });
    return placed;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    logDone('an event was refused', { eventId: id, refusal: error.kind });
    throw new Failure('InvalidOrder', error.message, error);
  }
}
