/**
 * The statuses that the workflow itself writes.
 *
 * They are reserved: no step may declare one of them.
 */
export class OrderStatus {
  /** The order was taken in, no step has run. */
  public static readonly RECEIVED = 'RECEIVED';
  /** Every step was accepted. */
  public static readonly COMPLETED = 'COMPLETED';
  /** The customer cancelled in time and what had been done was undone. */
  public static readonly CANCELLED = 'CANCELLED';
  /** A technical failure ended the order and what had been done was undone. */
  public static readonly FAILED = 'FAILED';
  /** The order was undone and money went back; the reason tells the cause. */
  public static readonly REFUNDED = 'REFUNDED';
  /** Something could not be undone: a person has to look at the order. */
  public static readonly NEEDS_ATTENTION = 'NEEDS_ATTENTION';
  /** How an execution ends whose order belongs to another one; never written to an order. */
  public static readonly DUPLICATE = 'DUPLICATE';

  /** @internal */
  public static readonly _RESERVED: string[] = [
    OrderStatus.RECEIVED, OrderStatus.COMPLETED, OrderStatus.CANCELLED, OrderStatus.FAILED,
    OrderStatus.REFUNDED, OrderStatus.NEEDS_ATTENTION, OrderStatus.DUPLICATE,
  ];

  private constructor() {}
}
