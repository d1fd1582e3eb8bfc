import { createHash } from 'node:crypto';
import { OrderRow, RECEIVED } from './order';
import type { OrderInput } from './order-contract';
import { StepWrite, undo } from './step-write';

/** Who brings an order without an intake to its first version. */
const OPENING_STEP = 'OpenOrder';

/**
 * The row of an order that nobody received before its execution started: received and validated in one write.
 * What was refused may lack the fields that are wrong.
 */
export function newRow(
  order: Partial<OrderInput> & { readonly orderId: string }, write: StepWrite, status: string, reason?: string,
): OrderRow {
  const { at, owner, step } = write;
  return {
    ...order,
    status,
    version: 2,
    owner,
    ...reason === undefined ? {} : { reason, ...undo('rejected', write) },
    history: { 1: { status: RECEIVED, at, step: OPENING_STEP }, 2: { status, at, step } },
    createdAt: at,
    updatedAt: at,
    openSince: at,
    openShard: openShard(order.orderId),
  } as OrderRow;
}

/** Open orders are spread over 16 keys of the index that finds the overdue ones: a hexadecimal digit each. */
export const OPEN_SHARDS = [...'0123456789abcdef'];

export function openShard(orderId: string): string {
  return createHash('md5').update(orderId).digest('hex')[0];
}
