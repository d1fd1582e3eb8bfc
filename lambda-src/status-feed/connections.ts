import type { Database, Key } from '../dynamodb/database';

/** A connected client, as its item in the connections table. */
export interface Connection {
  readonly orderId: string;
  readonly connectionId: string;
  /** The principal, as the authorizer identified it. */
  readonly principal?: string;
  readonly connectedAt: string;
  /** The number of orders that it watches. */
  readonly subscriptions: number;
  readonly expiresAt: number;
}

/** API Gateway ends a connection after two hours; 15 minutes later its $disconnect must have been lost. */
const LONGEST_CONNECTION_SECONDS = 2 * 3_600 + 15 * 60;

/** The key of a connection's own item: an id that no order can have. */
export function connectionKey(connectionId: string): Key {
  return { orderId: `$connection/${connectionId}`, connectionId };
}

export class Connections {
  public constructor(private readonly database: Database, private readonly table: string) {}

  /** Stores a new connection. An existing item stays as it is. */
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
   * Deletes a connection and all its subscriptions. Its own item is deleted first: no subscription can be added without it.
   * A subscription that the index does not show yet is deleted by the next message to it, or expires.
   */
  public async forget(connectionId: string): Promise<void> {
    await this.database.deleteAll(this.table, [connectionKey(connectionId)]);
    for await (const items of this.database.pages<Key>(this.table, { connectionId }, 'by-connection')) {
      await this.database.deleteAll(this.table, items.map(({ orderId }) => ({ orderId, connectionId })));
    }
  }
}
