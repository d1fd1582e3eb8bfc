import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { OrderChange } from './order-change';
import { reachedAt, shortReason } from './status-message';

/** The detail of the event: what order-status-changed.schema.json describes. */
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
 * A list of what is told and not of what is hidden, so that a new field of the row stays private until somebody decides.
 *
 * A notice names the order and its amount and has to reach the customer: that is why the address is among them, and the
 * lines, the payment and the results of steps are not.
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
