// A copy of src/contract/statuses.ts that the task build:local makes: change the source instead.
/** The statuses that the workflow itself writes. @internal */
export const STATUSES = {
  /** The order was accepted by an intake or an execution, and no step has run. */
  RECEIVED: 'RECEIVED',
  /** Every step accepted the order. */
  COMPLETED: 'COMPLETED',
  /** The customer cancelled in time, and the order is undone. */
  CANCELLED: 'CANCELLED',
  /** A technical failure ended the order, and it is undone. */
  FAILED: 'FAILED',
  /** The order is undone and the payment was refunded. */
  REFUNDED: 'REFUNDED',
  /** A compensation failed: the order is on hold for an operator. */
  NEEDS_ATTENTION: 'NEEDS_ATTENTION',
  /** The result of an execution whose order belongs to another one; never written to an order. */
  DUPLICATE: 'DUPLICATE',
} as const;
