import { INDEXED_ATTRIBUTES, OPEN_ORDERS_INDEX, OPEN_SINCE } from '../../src/contract/open-orders';
import { Action, Change, Database } from '../dynamodb/database';
import { Failure } from '../failure';
import { DUPLICATE, OrderAnswer, OrderDocument, OrderRow, documentOf } from './order';
import { StepWrite, cancelled } from './step-write';

/** How often a row is read anew that changes between the read and the write. */
const MOST_LOOKS = 5;

/** An order as the index of those that have not ended lists it. */
export type OpenOrder = Pick<OrderRow, 'orderId' | typeof OPEN_SINCE | typeof INDEXED_ATTRIBUTES[number]>;

/** The orders table: one row per order, and the only place that knows how a write of a step ends. */
export class Orders {
  public constructor(private readonly database: Database, private readonly table: string) {}

  public async find(orderId: string): Promise<OrderRow | undefined> {
    return this.database.find<OrderRow>(this.table, { orderId });
  }

  /** False if the order has a row already. */
  public async create(row: OrderRow): Promise<boolean> {
    return this.database.create(this.table, 'orderId', row);
  }

  /** The open orders of a shard since a time or longer, the oldest first. The index lags behind its table: read the row itself. */
  public openUpTo(openShard: string, upTo: string): AsyncGenerator<OpenOrder[]> {
    return this.database.pagesUpTo<OpenOrder>(this.table, { openShard }, { index: OPEN_ORDERS_INDEX, sortKey: OPEN_SINCE, upTo, limit: 100 });
  }

  /** The row after the change, or nothing if its condition did not hold. */
  public async change(orderId: string, change: Change): Promise<OrderRow | undefined> {
    return this.database.change<OrderRow>(this.table, { orderId }, change);
  }

  /** The change as a part of a transaction. */
  public action(orderId: string, change: Change): Action {
    return { Update: { TableName: this.table, Key: { orderId }, ...change } };
  }

  /** Moves the order, or finds out why it could not be moved. */
  public async move(order: OrderDocument, write: StepWrite, change: Change): Promise<OrderAnswer> {
    const row = await this.change(order.orderId, change);
    return row ? documentOf(row) : this.settle(order, write);
  }

  /**
   * The order was not as the step expected it: finds out how the step ends.
   *
   * A repeated write finds its own, a late one finds that the order moved on. Both get the order as it is now, and write
   * nothing. Only a cancellation that was requested before the effect leads to a write.
   */
  public async settle(order: OrderDocument, write: StepWrite, looks = 1): Promise<OrderAnswer> {
    const row = await this.find(order.orderId);
    if (row?.owner !== undefined && row.owner !== write.owner) return { ...documentOf(order), status: DUPLICATE };
    if (row && (row.owner === write.owner || row.version === 1)) {
      if (row.undo || row.version > order.version) return documentOf(row);
      if (row.cancelRequestedAt && row.version === order.version && row.status === order.status) {
        const ended = await this.change(order.orderId, cancelled(order, write));
        if (ended) return documentOf(ended);
        // Another write came between the read and this one: read again, but not for ever.
        if (looks < MOST_LOOKS) return this.settle(order, write, looks + 1);
      }
    }
    throw new Failure('UnexpectedOrderState', [
      `step ${write.step} expected order ${order.orderId} at version ${order.version} with status ${order.status}`,
      row ? `but found version ${row.version} with status ${row.status}` : 'but it has no row',
      'do only the steps of the workflow write the orders table?',
    ].join(': '));
  }
}
