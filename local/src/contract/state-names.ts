// A copy of src/contract/state-names.ts that the task build:local makes: change the source instead.
/** Names of states that something looks for: metric filters in the log, the recovery and the local cloud in execution histories. @internal */
export const STATE_NAMES = {
  /** Completes an order: every order workflow has this state. */
  COMPLETE_ORDER: 'Complete order',
  /** Ends the execution of an order that was rejected or cancelled, and undone. */
  ORDER_REJECTED: 'Order rejected',
  /** Ends an execution whose order belongs to another one. */
  DUPLICATE_ORDER: 'Duplicate order',
  /** Publishes the failure that ended an order. */
  PUBLISH_FAILURE: 'Publish failure',
  /** Publishes that an order could not be undone and is on hold. */
  PUBLISH_FAILED_COMPENSATION: 'Publish failed compensation',
  /** Puts an order on hold that could not be undone: its execution waits there for an operator. */
  PUT_ORDER_ON_HOLD: 'Put order on hold',
  /** Begins the undo again, as an operator requested. */
  RESUME_UNDO: 'Resume undo',
} as const;
