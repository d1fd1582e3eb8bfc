import { Connection, connectionKey } from './connections';
import type { Database, Key } from '../dynamodb/database';

/** An order that a connection watches. */
export interface Subscription {
  readonly orderId: string;
  readonly connectionId: string;
  /** The principal whose orders the connection may watch; undefined if it sent the token of this order. */
  readonly principal?: string;
  /** When the connection or the token expires, in seconds. */
  readonly expiresAt: number;
}

/** Why an order may be watched: it is the principal's own, or a token was sent that is valid until then. */
export type Permit = { readonly principal: string } | { readonly until: number };

export type Subscribed = 'subscribed' | 'too many' | 'not connected';

/** Whether the connection may still watch the order, which can have been deleted and replaced by another user's. */
export function mayWatch({ principal, expiresAt }: Subscription, order: { readonly userId?: string }, now: number): boolean {
  return now < expiresAt * 1_000 && (principal === undefined || principal === order.userId);
}

export class Subscriptions {
  public constructor(private readonly database: Database, private readonly table: string) {}

  /** Subscribes to an order. A repetition is not counted again. */
  public async add(connection: Connection, orderId: string, permit: Permit, most: number): Promise<Subscribed> {
    const { connectionId, expiresAt } = connection;
    const subscription: Subscription = 'until' in permit
      ? { orderId, connectionId, expiresAt: Math.min(expiresAt, permit.until) }
      : { orderId, connectionId, expiresAt, principal: permit.principal };
    const [failed] = await this.database.transact([
      {
        Put: {
          TableName: this.table,
          Item: subscription,
          ConditionExpression: 'attribute_not_exists(#orderId)',
          ExpressionAttributeNames: { '#orderId': 'orderId' },
        },
      },
      this.count(connectionId, 1, ' AND #subscriptions < :most', { ':most': most }),
    ]);
    // An existing subscription is a success, even for a connection that may not have more.
    if (!failed || failed.action === 0) return 'subscribed';
    return failed.found ? 'too many' : 'not connected';
  }

  /** Unsubscribes from an order, and decrements the count of subscriptions. */
  public async remove(orderId: string, connectionId: string): Promise<void> {
    const key: Key = { orderId, connectionId };
    const [failed] = await this.database.transact([
      {
        Delete: {
          TableName: this.table,
          Key: key,
          ConditionExpression: 'attribute_exists(#orderId)',
          ExpressionAttributeNames: { '#orderId': 'orderId' },
        },
      },
      this.count(connectionId, -1),
    ]);
    const connectionEnded = failed?.action === 1;
    if (connectionEnded) await this.database.deleteAll(this.table, [key]);
  }

  public async find(orderId: string, connectionId: string): Promise<Subscription | undefined> {
    return this.database.find<Subscription>(this.table, { orderId, connectionId });
  }

  /** The subscriptions to the order, read consistently: each that was added before this read is among them. */
  public watching(orderId: string): AsyncGenerator<Subscription[]> {
    return this.database.pages<Subscription>(this.table, { orderId });
  }

  private count(connectionId: string, by: 1 | -1, unless = '', values = {}) {
    return {
      Update: {
        TableName: this.table,
        Key: connectionKey(connectionId),
        UpdateExpression: 'ADD #subscriptions :by',
        ConditionExpression: `attribute_exists(#orderId)${unless}`,
        ExpressionAttributeNames: { '#orderId': 'orderId', '#subscriptions': 'subscriptions' },
        ExpressionAttributeValues: { ':by': by, ...values },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      },
    };
  }
}
