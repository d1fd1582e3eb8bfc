/** The response to an order, the same for each repetition. */
export interface PlacedOrder {
  readonly orderId: string;
  readonly status: string;
}

/** How long an intake may take from the order's row to its execution before it counts as interrupted. */
export const LEASE_MILLISECONDS = 3_000;
