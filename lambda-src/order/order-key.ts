import * as v from 'valibot';

/** The longest partition key that DynamoDB takes. */
const LONGEST_BYTES = 2_048;

/**
 * Whether an order can be stored under this id. That is more than `isOrderId` lets in: a workflow that does not validate its
 * orders may hold any of these.
 */
export const isOrderKey = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && Buffer.byteLength(value) <= LONGEST_BYTES;

/** The id of an order that the workflow has. */
export const orderKey = v.custom<string>(isOrderKey, `is not text of 1 to ${LONGEST_BYTES} bytes`);
