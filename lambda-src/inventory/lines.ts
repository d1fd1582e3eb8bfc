import type { ReservedLine } from '../order/order';

/** One line per product, in the order of their first lines: a transaction may touch each product only once. */
export function linesByProduct(items: readonly ReservedLine[]): ReservedLine[] {
  const wanted = new Map<string, number>();
  for (const { productId, quantity } of items) wanted.set(productId, (wanted.get(productId) ?? 0) + quantity);
  return [...wanted].map(([productId, quantity]) => ({ productId, quantity }));
}
