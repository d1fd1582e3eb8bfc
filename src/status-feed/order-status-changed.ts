import { aws_events as events } from 'aws-cdk-lib';


/**
 * The event that tells of every change of status.
 *
 * Its detail has the fields of `order-status-changed.schema.json`: `schemaVersion`, `workflow`, `orderId`, `userId`,
 * `status`, `previousStatus`, `version`, `at`, `reason`, and what a notice needs of the order.
 */
export class OrderStatusChanged {
  /**
   * The source of the event.
   */
  public static readonly SOURCE = 'cdk-order-workflow';

  /**
   * The type of the event's detail.
   */
  public static readonly DETAIL_TYPE = 'OrderStatusChanged';

  /**
   * A pattern for a rule.
   *
   * @param workflow the name of the workflow
   * @param statuses the statuses to tell of, or none for all
   */
  public static pattern(workflow: string, statuses?: string[]): events.EventPattern {
    return {
      source: [OrderStatusChanged.SOURCE],
      detailType: [OrderStatusChanged.DETAIL_TYPE],
      detail: { workflow: [workflow], ...(statuses?.length ? { status: statuses } : {}) },
    };
  }

  private constructor() {}
}
