import * as v from 'valibot';
import { orderKey } from '../order/order-key';
import { parseEvent } from '../order/parse-event';

/** What an operator requests: for an order that could not be undone a retry, or to close it as resolved; to take over one of another state machine. */
const repair = v.pipe(
  // A misspelt field must not be ignored.
  v.strictObject({
    orderId: orderKey,
    action: v.picklist(['retry', 'resolved', 'takeOver']),
    by: v.optional(v.pipe(v.string(), v.maxLength(128))),
    reason: v.optional(v.pipe(v.string(), v.maxLength(500))),
    refunded: v.optional(v.boolean()),
  }),
  v.forward(
    v.partialCheck(
      [['action'], ['refunded']], ({ action, refunded }) => action === 'resolved' || refunded === undefined,
      "is only allowed with the action 'resolved'",
    ),
    ['refunded'],
  ),
);

export type Repair = v.InferOutput<typeof repair>;

export const parseRepair = (event: unknown): Repair => parseEvent(repair, event);
