/** Names of states that something looks for: metric filters in the log, the recovery in execution histories. @internal */
export const STATE_NAMES = {
  /** Ends the execution of an order that was rejected or cancelled, and undone. */
  ORDER_REJECTED: 'Order rejected',
  /** Ends an execution whose order belongs to another one. */
  DUPLICATE_ORDER: 'Duplicate order',
  /** Publishes the failure that ended an order. */
  PUBLISH_FAILURE: 'Publish failure',
  /** Publishes that an order could not be undone and is on hold. */
  PUBLISH_FAILED_COMPENSATION: 'Publish failed compensation',
  /** Begins the undo again that an operator asked for. */
  RESUME_UNDO: 'Resume undo',
} as const;
