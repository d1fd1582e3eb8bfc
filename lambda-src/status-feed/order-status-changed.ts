import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { OrderChange, PublishedRow } from './order-change';
import { reachedAt, shortReason } from './status-message';
import { OrderRow, PUBLISHED_ATTRIBUTES } from '../../src/contract/order-row';

/** The time of the status is published as `at`, which is derived from these two. */
const MERGED: ReadonlyArray<keyof OrderRow> = ['history', 'updatedAt'];
type CopiedRow = Omit<PublishedRow, 'history' | 'updatedAt'>;
const COPIED = PUBLISHED_ATTRIBUTES.filter(name => !MERGED.includes(name));

/** The detail of the event, as order-status-changed.schema.json describes it: these, and the published attributes of the order. */
export interface OrderStatusChanged extends CopiedRow {
  readonly schemaVersion: '1';
  readonly workflow: string;
  readonly previousStatus?: string;
  readonly at: string;
}

/**
 * The attributes that the contract publishes, so that a new attribute of the row stays private until it is declared.
 *
 * A notification names the order and its amount, and has to reach the customer: that is why the address is published, and
 * the lines, the payment and the results of steps are not.
 */
export function orderStatusChanged(workflow: string, { row, previousStatus }: OrderChange): OrderStatusChanged {
  const published = Object.fromEntries(COPIED.map(name => [name, row[name]])) as unknown as CopiedRow;
  return { schemaVersion: '1', workflow, ...published, previousStatus, at: reachedAt(row), reason: shortReason(row) };
}

export function eventOf(busName: string, detail: OrderStatusChanged): PutEventsRequestEntry {
  return { EventBusName: busName, Source: 'cdk-order-workflow', DetailType: 'OrderStatusChanged', Detail: JSON.stringify(detail) };
}
