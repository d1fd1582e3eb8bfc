import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { OrderChange } from './order-change';
import { reachedAt, shortReason } from './status-message';

/** The detail of the event, as order-status-changed.schema.json describes it. */
export interface OrderStatusChanged {
  readonly schemaVersion: '1';
  readonly workflow: string;
  readonly orderId: string;
  readonly userId?: string;
  readonly email?: string;
  readonly status: string;
  readonly previousStatus?: string;
  readonly version: number;
  readonly at: string;
  readonly reason?: string;
  readonly currency?: string;
  readonly totalAmount?: number;
}

/**
 * The attributes that the contract publishes, so that a new attribute of the row stays private until it is declared.
 *
 * A notification names the order and its amount, and has to reach the customer: that is why the address is published, and
 * the lines, the payment and the results of steps are not.
 */
export function orderStatusChanged(workflow: string, { row, previousStatus }: OrderChange): OrderStatusChanged {
  const { orderId, userId, email, status, version, currency, totalAmount } = row;
  return {
    schemaVersion: '1',
    workflow,
    orderId,
    userId,
    email,
    status,
    previousStatus,
    version,
    at: reachedAt(row),
    reason: shortReason(row),
    currency,
    totalAmount,
  };
}

export function eventOf(busName: string, detail: OrderStatusChanged): PutEventsRequestEntry {
  return { EventBusName: busName, Source: 'cdk-order-workflow', DetailType: 'OrderStatusChanged', Detail: JSON.stringify(detail) };
}
