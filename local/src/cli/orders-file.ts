import { readJsonFile } from './json-file';
import { UsageError } from './usage-error';
import { isJsonObject, Json, JsonObject } from '../json';

/** An order to run, and the status in which it should end. */
export interface OrderToRun {
  readonly orderId: string;
  readonly order: JsonObject;
  /** Which workflow gets it; the only one, if nobody says. */
  readonly workflow?: string;
  readonly expect?: string;
}

/** @param workflow which workflow gets the orders that name none. */
export function readOrdersFile(file: string, workflow?: string): OrderToRun[] {
  const { orders } = readJsonFile(file);
  if (!Array.isArray(orders) || orders.length === 0) {
    throw new UsageError(`${file} must have a list 'orders': {"orders": [{"order": {"orderId": "order-1", ...}, "expect": "COMPLETED"}]}`);
  }
  const read = orders.map((entry, index) => readEntry(entry, `${file}: orders[${index}]`, workflow));
  const twice = read.find(({ orderId }, index) => read.findIndex((other) => other.orderId === orderId) < index);
  if (twice) {
    throw new UsageError(`${file}: there are two orders ${twice.orderId}; an order id stands for one order`);
  }
  return read;
}

function readEntry(entry: Json, place: string, defaultWorkflow: string | undefined): OrderToRun {
  if (!isJsonObject(entry) || !isJsonObject(entry.order)) {
    throw new UsageError(`${place} must be like {"order": {"orderId": "order-1", ...}, "expect": "COMPLETED"}`);
  }
  const { order, expect, workflow = defaultWorkflow } = entry;
  if (typeof order.orderId !== 'string') {
    throw new UsageError(`${place} has no orderId, by which its execution is named`);
  }
  if (expect !== undefined && typeof expect !== 'string') {
    throw new UsageError(`${place}: 'expect' must be a status, such as COMPLETED`);
  }
  if (workflow !== undefined && typeof workflow !== 'string') {
    throw new UsageError(`${place}: 'workflow' must be a part of the path of a workflow, such as Shop/Orders`);
  }
  return { orderId: order.orderId, order, workflow, ...(expect !== undefined && { expect }) };
}
