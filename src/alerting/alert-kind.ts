import { ALERT_KINDS } from '../contract/alert-kinds';

/**
 * The kinds of alert: the values of the message attribute `kind`.
 */
export class AlertKind {
  /** A failure ended an order, which is being undone. */
  public static readonly ORDER_FAILED = ALERT_KINDS.ORDER_FAILED;
  /** A compensation failed: the order is on hold for an operator. */
  public static readonly COMPENSATION_FAILED = ALERT_KINDS.COMPENSATION_FAILED;
  /** An order was completed, but a closing step failed. */
  public static readonly CLOSING_STEP_FAILED = ALERT_KINDS.CLOSING_STEP_FAILED;
  /** An execution was interrupted: it failed, timed out or was aborted before it finished its order. */
  public static readonly EXECUTION_INTERRUPTED = ALERT_KINDS.EXECUTION_INTERRUPTED;
  /** An order was rejected or cancelled, and undone: published only with `alertRejections` of the workflow. */
  public static readonly ORDER_REJECTED = ALERT_KINDS.ORDER_REJECTED;
  /** An order that was on hold is resolved or undone. */
  public static readonly ORDER_REPAIRED = ALERT_KINDS.ORDER_REPAIRED;
  /** A CloudWatch alarm, those of dead-letter queues among them: every message without a kind of its own. */
  public static readonly ALARM = ALERT_KINDS.ALARM;

  private constructor() {}
}
