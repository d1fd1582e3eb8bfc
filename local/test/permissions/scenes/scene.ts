import { IntakeFixture } from '../../intake/intake-fixture';

/** Something that happens to an order, and what calls it makes on its way. */
export interface Scene {
  readonly name: string;
  /** Resolves when all of it has happened. */
  play(shop: IntakeFixture, orderId: string): Promise<void>;
}

export const MINUTE = 60_000;

export function anOrder(orderId: string, more: object = {}): { orderId: string } {
  return { orderId, userId: 'ann', email: 'ann@example.com', currency: 'EUR', items: [{ productId: 'lamp', quantity: 2, price: 29.99 }], totalAmount: 59.98, ...more } as { orderId: string };
}

/** An order of more than a hundred, which waits for an approval. */
export function aLargeOrder(orderId: string): { orderId: string } {
  return anOrder(orderId, { items: [{ productId: 'lamp', quantity: 10, price: 29.99 }], totalAmount: 299.9 });
}
