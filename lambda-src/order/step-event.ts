import * as v from 'valibot';
import type { OrderDocument } from './order';
import { isQuantity } from './order-contract';
import { orderKey as orderId } from './order-key';
import { parseEvent } from './parse-event';
import { MAX_QUANTITY } from '../../src/contract/field-rules';

/** What the state machine sends to a function, checked: the error states what is wrong with a state that is wired wrongly. */

const text = v.pipe(v.string(), v.minLength(1));
/** Where no step validates orders, less than one would put what was never there into the stock. */
const quantity = v.custom<number>(isQuantity, `is not a whole number from 1 to ${MAX_QUANTITY}`);

const writer = v.object({ owner: text, step: text, at: text });
const stepWrite = v.object({
  ...writer.entries,
  accepted: text,
  rejected: text,
  undoFrom: v.optional(text),
  busy: v.optional(v.object({ status: text, after: v.pipe(text, v.isoTimestamp()) })),
});
/** As much of the order as a step relies on: the row was checked when the order was opened. */
const storedOrder = v.looseObject({
  orderId,
  status: text,
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  items: v.array(v.looseObject({ productId: text, quantity })),
});

const openingEvent = v.object({ order: v.unknown(), write: stepWrite });
const stepEvent = v.object({ order: storedOrder, write: stepWrite });
const undoEvent = v.object({ order: v.looseObject({ orderId }), write: writer });
const decisionEvent = v.object({
  orderId,
  approved: v.boolean(),
  by: v.optional(v.pipe(v.string(), v.maxLength(128))),
  reason: v.optional(v.pipe(v.string(), v.maxLength(500))),
});
/** The order comes along with a payment too; what a simulated provider needs of it stands beside it. */
const chargeRequest = v.object({ orderId, key: text, amount: v.number(), currency: text });
const refundRequest = v.object({ ...chargeRequest.entries, chargeKey: text });

export type OpeningEvent = v.InferOutput<typeof openingEvent>;
export type UndoEvent = v.InferOutput<typeof undoEvent>;
export type Decision = v.InferOutput<typeof decisionEvent>;
export type ChargeRequest = v.InferOutput<typeof chargeRequest>;
export type RefundRequest = v.InferOutput<typeof refundRequest>;

/** The event of the step that may be the first to see the order: anything can have been sent as one. */
export const parseOpeningEvent = (event: unknown): OpeningEvent => parseEvent(openingEvent, event);
export const parseUndoEvent = (event: unknown): UndoEvent => parseEvent(undoEvent, event);
export const parseDecision = (event: unknown): Decision => parseEvent(decisionEvent, event);
export const parseChargeRequest = (event: unknown): ChargeRequest => parseEvent(chargeRequest, event);
export const parseRefundRequest = (event: unknown): RefundRequest => parseEvent(refundRequest, event);

export function parseStepEvent(event: unknown) {
  const { order, write } = parseEvent(stepEvent, event);
  return { order: order as unknown as OrderDocument, write };
}
