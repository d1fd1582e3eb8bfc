/**
 * The kinds of alert: what the attribute `kind` of a message says.
 */
export class AlertKind {
  /** A failure ended an order, which is being undone. */
  public static readonly ORDER_FAILED = 'order-failed';
  /** Something could not be undone: a person has to look at the order. */
  public static readonly COMPENSATION_FAILED = 'compensation-failed';
  /** An order was completed, but a step behind that failed for good. */
  public static readonly CLOSING_STEP_FAILED = 'closing-step-failed';
  /** An execution died without telling why. */
  public static readonly EXECUTION_DIED = 'execution-died';
  /** An order was rejected or cancelled, and undone: told only on request, see `alertRejections` of the workflow. */
  public static readonly ORDER_REJECTED = 'order-rejected';
  /** An order that needed attention is in order again. */
  public static readonly ORDER_REPAIRED = 'order-repaired';
  /** A CloudWatch alarm, those of dead-letter queues among them: every message without a kind of its own. */
  public static readonly ALARM = 'alarm';

  private constructor() {}
}
