import { Failure } from '../../failure';
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
  try {
    return await placeOrder(intake, submissionOf({ order: detail, messageId: id }, intake.defaults));
  } catch (error) {
    throw error instanceof Refusal ? new Failure('InvalidOrder', error.message, error) : error;
  }
}
