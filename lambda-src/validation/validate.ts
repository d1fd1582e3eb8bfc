import type { Database } from '../dynamodb/database';
import { Failure } from '../failure';
import { Product, productProblems } from './product-problems';
import { linesByProduct } from '../inventory/lines';
import { newRow } from '../order/new-row';
import { DUPLICATE, OrderAnswer, OrderDocument, OrderRow, documentOf, sentFields } from '../order/order';
import { isOrderId } from '../order/order-contract';
import type { Orders } from '../order/orders';
import { OrderDefaults, ParsedOrder, parseOrder, soundFields } from '../order/parse-order';
import { Problem, problemText } from '../order/problem';
import { StepWrite, accepted, rejected } from '../order/step-write';

export interface Validation {
  readonly database: Database;
  readonly orders: Orders;
  readonly productsTable: string;
  readonly defaults: OrderDefaults;
  readonly checkStock: boolean;
}

/**
 * Checks an order and takes it for the execution: the row that an intake wrote is adopted, else a row is made.
 *
 * The row speaks where there is one. Who starts an execution with another order's id gets that order checked, and not
 * another order in through its door.
 */
export async function validateOrder(validation: Validation, sent: unknown, write: StepWrite): Promise<OrderAnswer> {
  const { orderId } = sentFields(sent);
  if (!isOrderId(orderId)) return refuseUnnamed(validation, sent, write);

  const row = await validation.orders.find(orderId);
  return row ? validateRow(validation, row, sent, write) : validateSent(validation, orderId, sent, write);
}

async function validateRow(validation: Validation, row: OrderRow, sent: unknown, write: StepWrite): Promise<OrderAnswer> {
  if (row.owner !== undefined && row.owner !== write.owner) return { ...soundFields(sent), status: DUPLICATE };
  // A repetition finds its own write, and gets it whatever the products are by now.
  if (!isNext(row, sent, write)) return documentOf(row);
  const received = documentOf(row);
  const { order, problems } = await check(validation, sentFields(row));
  const change = order
    ? accepted(received, write, { currency: order.currency })
    : rejected(received, write, problemText(problems));
  return validation.orders.move(received, write, change);
}

/** Whether this step is due: as the first one, or where other steps stand before it, at the version that they left. */
function isNext(row: OrderRow, sent: unknown, { step }: StepWrite): boolean {
  if (row.version === 1) return true;
  return (sent as Partial<OrderDocument>).version === row.version && row.history[row.version]?.step !== step;
}

async function validateSent(validation: Validation, orderId: string, sent: unknown, write: StepWrite): Promise<OrderAnswer> {
  const { order, problems } = await check(validation, sent);
  if (problems && !write.undoFrom) return refused(sent, write, problems);
  const row = order
    ? newRow(order, write, write.accepted)
    : newRow({ ...soundFields(sent), orderId }, write, write.rejected, problemText(problems));
  const created = await validation.orders.create(row);
  return created ? documentOf(row) : validateOrder(validation, sent, write);
}

/** Without an id there is no row to write: that is fine, unless money waits on it to go back. */
function refuseUnnamed({ defaults }: Validation, sent: unknown, write: StepWrite): OrderAnswer {
  const problems = parseOrder(sent, defaults).problems!;
  if (!write.undoFrom) return refused(sent, write, problems);
  throw new Failure('InvalidOrder', `the order has no valid id, so what ${write.undoFrom} did cannot be undone: ${problemText(problems)}`);
}

function refused(sent: unknown, write: StepWrite, problems: readonly Problem[]): OrderAnswer {
  return { ...soundFields(sent), status: write.rejected, reason: problemText(problems) };
}

/** The whole check: the contract first, then the products, which need to be read. */
async function check(validation: Validation, value: unknown): Promise<ParsedOrder> {
  const parsed = parseOrder(value, validation.defaults);
  if (!parsed.order) return parsed;
  const keys = linesByProduct(parsed.order.items).map(({ productId }) => ({ productId }));
  const products = await validation.database.findAll<Product>(validation.productsTable, keys);
  const problems = productProblems(parsed.order, products, validation.checkStock);
  return problems.length > 0 ? { problems } : parsed;
}
