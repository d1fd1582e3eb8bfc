// A copy of src/contract/alert-kinds.ts that the task build:local makes: change the source instead.
/** The kinds of alert: the values of the message attribute `kind`. @internal */
export const ALERT_KINDS = {
  ORDER_FAILED: 'order-failed',
  COMPENSATION_FAILED: 'compensation-failed',
  CLOSING_STEP_FAILED: 'closing-step-failed',
  EXECUTION_INTERRUPTED: 'execution-interrupted',
  ORDER_REJECTED: 'order-rejected',
  ORDER_REPAIRED: 'order-repaired',
  ALARM: 'alarm',
} as const;
