import { aws_events as events } from 'aws-cdk-lib';

/**
 * The event that is published for every change of an order's status.
 *
 * Its detail has the fields of `order-status-changed.schema.json`: `schemaVersion`, `workflow`, `orderId`, `userId`,
 * `status`, `previousStatus`, `version`, `at`, `reason`, and the fields of the order that a notification needs.
 */
export class OrderStatusChanged {
  /**
   * The source of the event.
   */
  public static readonly SOURCE = 'cdk-order-workflow';

  /**
   * The detail type of the event.
   */
  public static readonly DETAIL_TYPE = 'OrderStatusChanged';

  /**
   * Returns the event pattern for a rule.
   *
   * @param workflow the name of the workflow
   * @param statuses the statuses to match, or none for all
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
