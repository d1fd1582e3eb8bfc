import { STATUSES } from './contract/statuses';

/**
 * The statuses that the workflow itself writes.
 *
 * They are reserved: no step may declare one of them.
 */
export class OrderStatus {
  /** The order was accepted by an intake or an execution, and no step has run. */
  public static readonly RECEIVED = STATUSES.RECEIVED;
  /** Every step accepted the order. */
  public static readonly COMPLETED = STATUSES.COMPLETED;
  /** The customer cancelled in time, and the order is undone. */
  public static readonly CANCELLED = STATUSES.CANCELLED;
  /** A technical failure ended the order, and it is undone. */
  public static readonly FAILED = STATUSES.FAILED;
  /** The order is undone and the payment was refunded; the reason states the cause. */
  public static readonly REFUNDED = STATUSES.REFUNDED;
  /** A compensation failed: the order is on hold for an operator. */
  public static readonly NEEDS_ATTENTION = STATUSES.NEEDS_ATTENTION;
  /** The result of an execution whose order belongs to another one; never written to an order. */
  public static readonly DUPLICATE = STATUSES.DUPLICATE;

  /** @internal */
  public static readonly _RESERVED: string[] = Object.values(STATUSES);

  private constructor() {}
}
