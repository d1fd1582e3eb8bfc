import * as v from 'valibot';
import { orderKey } from '../order/order-key';
import { parseEvent } from '../order/parse-event';

/** What a person says of an order that could not be undone: try again, or that it is in order now. */
const repair = v.pipe(
  // A field that is misspelt would say less than was meant.
  v.strictObject({
    orderId: orderKey,
    action: v.picklist(['retry', 'resolved']),
    by: v.optional(v.pipe(v.string(), v.maxLength(128))),
    reason: v.optional(v.pipe(v.string(), v.maxLength(500))),
    refunded: v.optional(v.boolean()),
  }),
  v.forward(
    v.partialCheck(
      [['action'], ['refunded']], ({ action, refunded }) => action === 'resolved' || refunded === undefined,
      'can only be said of an order that is resolved',
    ),
    ['refunded'],
  ),
);

export type Repair = v.InferOutput<typeof repair>;

export const parseRepair = (event: unknown): Repair => parseEvent(repair, event);
