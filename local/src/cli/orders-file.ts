import { readJsonFile } from './json-file';
import { UsageError } from './usage-error';
import { isJsonObject, Json, JsonObject } from '../json';
import { isExecutionName } from '../services/states/executions';

/** An order to run, and the status in which it is expected to end. */
export interface OrderToRun {
  readonly orderId: string;
  readonly order: JsonObject;
  /** The workflow that gets it. @default - the only one */
  readonly workflow?: string;
  readonly expect?: string;
}

/** @param workflow which workflow gets the orders that name none. */
export function readOrdersFile(file: string, workflow?: string): OrderToRun[] {
  const content = readJsonFile(file);
  refuseOthers(content, ['orders'], file);
  const { orders } = content;
  if (!Array.isArray(orders) || orders.length === 0) {
    const wrong = Array.isArray(orders) ? 'has no orders: give at least one' : "must have a list 'orders'";
    throw new UsageError(`${file} ${wrong}: {"orders": [{"order": {"orderId": "order-1", ...}, "expect": "COMPLETED"}]}`);
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
  refuseOthers(entry, ['order', 'expect', 'workflow'], place);
  const { order, expect, workflow = defaultWorkflow } = entry;
  if (typeof order.orderId !== 'string') {
    throw new UsageError(`${place} has no orderId, by which its execution is named`);
  }
  if (!isExecutionName(order.orderId)) {
    throw new UsageError(`${place} has the orderId '${order.orderId}', which no execution can have as its name: use 1 to 64 of the characters A-Z a-z 0-9 _ -`);
  }
  if (expect !== undefined && typeof expect !== 'string') {
    throw new UsageError(`${place}: 'expect' must be a status, such as COMPLETED`);
  }
  if (workflow !== undefined && typeof workflow !== 'string') {
    throw new UsageError(`${place}: 'workflow' must be a part of the path of a workflow, such as Shop/Orders`);
  }
  return { orderId: order.orderId, order, workflow, ...(expect !== undefined && { expect }) };
}

/** A mistyped name would be ignored, and its value with it. */
function refuseOthers(object: JsonObject, known: readonly string[], place: string): void {
  const other = Object.keys(object).find((name) => !known.includes(name));
  if (other !== undefined) {
    throw new UsageError(`${place} has '${other}', which is not known there: use ${known.join(', ')}`);
  }
}
