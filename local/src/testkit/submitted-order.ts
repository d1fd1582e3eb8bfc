import { OrderHistory, OrderOutcome, OrderRow } from './order-outcome';

/** What a submitted order can be followed with: its workflow. */
interface FollowedOrders {
  outcome(orderId: string): Promise<OrderOutcome>;
  reaches(orderId: string, status: string): Promise<OrderRow>;
  order(orderId: string): Promise<OrderRow | undefined>;
  history(orderId: string): OrderHistory;
  stop(orderId: string, error?: string, cause?: string): void;
}

/** An order under way. */
export class SubmittedOrder {
  constructor(private readonly workflow: FollowedOrders, public readonly orderId: string) {}

  /** Lets time pass until the order has ended. */
  public outcome(): Promise<OrderOutcome> {
    return this.workflow.outcome(this.orderId);
  }

  /** Lets time pass until the order has, or has had, this status. */
  public reaches(status: string): Promise<OrderRow> {
    return this.workflow.reaches(this.orderId, status);
  }

  /** The order's row as it stands; undefined if there is none. */
  public row(): Promise<OrderRow | undefined> {
    return this.workflow.order(this.orderId);
  }

  /** The history of the execution so far. */
  public history(): OrderHistory {
    return this.workflow.history(this.orderId);
  }

  /** Stops the execution, as `StopExecution` does: nothing is caught and no state runs any more. */
  public stop(error?: string, cause?: string): void {
    this.workflow.stop(this.orderId, error, cause);
  }
}
