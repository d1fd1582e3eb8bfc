import type { Database, Key } from '../dynamodb/database';

/** A browser that is connected, as the item that stands before its subscriptions. */
export interface Connection {
  readonly orderId: string;
  readonly connectionId: string;
  /** Who the authorizer says it is. */
  readonly principal?: string;
  readonly connectedAt: string;
  /** How many orders it watches. */
  readonly subscriptions: number;
  readonly expiresAt: number;
}

/** API Gateway ends a connection after two hours; what outlives it by a quarter of an hour lost its $disconnect. */
const LONGEST_CONNECTION_SECONDS = 2 * 3_600 + 15 * 60;

/** Where a connection's own item stands: under a name that no order can have. */
export function connectionKey(connectionId: string): Key {
  return { orderId: `$connection/${connectionId}`, connectionId };
}

export class Connections {
  public constructor(private readonly database: Database, private readonly table: string) {}

  /** Keeps a new connection. One that is kept already stays as it is. */
  public async open(connectionId: string, principal: string | undefined, now: number): Promise<void> {
    const connection = {
      ...connectionKey(connectionId),
      principal,
      connectedAt: new Date(now).toISOString(),
      subscriptions: 0,
      expiresAt: Math.floor(now / 1_000) + LONGEST_CONNECTION_SECONDS,
    };
    await this.database.create(this.table, 'orderId', connection);
  }

  public async find(connectionId: string): Promise<Connection | undefined> {
    return this.database.find<Connection>(this.table, connectionKey(connectionId));
  }

  /**
   * Deletes a connection and all its subscriptions. Its own item goes first: no subscription can be added without it.
   * One that the index does not show yet is found when something is sent to it, or expires.
   */
  public async forget(connectionId: string): Promise<void> {
    await this.database.deleteAll(this.table, [connectionKey(connectionId)]);
    for await (const items of this.database.pages<Key>(this.table, { connectionId }, 'by-connection')) {
      await this.database.deleteAll(this.table, items.map(({ orderId }) => ({ orderId, connectionId })));
    }
  }
}
