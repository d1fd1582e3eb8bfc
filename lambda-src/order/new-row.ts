import { itemOf } from './row-write';
import { StepWrite, endOf } from './step-write';
import type { OrderInput, OrderRow } from '../../src/contract/order-row';
import { createOrder } from '../../src/contract/writes/opening';

/**
 * The row of an order that nothing received before its execution started: received and validated in one write.
 * What was refused may lack the fields that are wrong.
 */
export function newRow(
  order: Partial<OrderInput> & { readonly orderId: string }, write: StepWrite, to: string, reason?: string,
): OrderRow {
  const { at, owner, step } = write;
  const row = itemOf(createOrder, { ...order, at, owner, step, to, reason, ...reason === undefined ? {} : endOf('rejected', write) });
  return { orderId: order.orderId, ...row } as unknown as OrderRow;
}
