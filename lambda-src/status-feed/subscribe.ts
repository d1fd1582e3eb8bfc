import type { Connections } from './connections';
import { ErrorMessage, errorMessage } from './error-message';
import { StatusMessage, statusMessage } from './status-message';
import type { Permit, Subscriptions } from './subscriptions';
import type { CachedSecret } from '../cached-secret';
import { isWatchToken } from './watch-token';
import type { OrderRow } from '../order/order';
import type { Orders } from '../order/orders';

export interface Watching {
  readonly orders: Orders;
  readonly connections: Connections;
  readonly subscriptions: Subscriptions;
  readonly maxSubscriptions: number;
  /** Undefined if only an authorizer decides who may watch. */
  readonly watchSecret?: Pick<CachedSecret, 'read'>;
  readonly tokenValiditySeconds: number;
  now(): number;
}

export interface SubscribeRequest {
  readonly orderId: string;
  readonly watchToken?: string;
}

/**
 * Subscribes a connection to an order, and returns the status of the order.
 *
 * The order is read once more after the subscription is written: a change before that read is in the response, and the
 * publisher of a change after it finds the subscription. Read the other way round, a change in between would be lost.
 */
export async function subscribe(
  watching: Watching, connectionId: string, { orderId, watchToken }: SubscribeRequest,
): Promise<StatusMessage | ErrorMessage> {
  const { orders, connections, subscriptions, maxSubscriptions } = watching;
  const [connection, order] = await Promise.all([connections.find(connectionId), orders.find(orderId)]);
  if (!connection) return notConnected(orderId);
  const permit = await permitOf(watching, connection.principal, orderId, order, watchToken);
  if (!permit) return notFound(orderId);
  const outcome = await subscriptions.add(connection, orderId, permit, maxSubscriptions);
  if (outcome === 'not connected') return notConnected(orderId);
  if (outcome === 'too many') {
    return errorMessage('too-many-subscriptions', `a connection may watch ${maxSubscriptions} orders: unsubscribe from one first`, orderId);
  }
  const row = await orders.find(orderId);
  return row ? statusMessage(row) : notFound(orderId);
}

/** The permit of this connection for the order. The same requests are made for an order that does not exist: it must not show. */
async function permitOf(
  { watchSecret, tokenValiditySeconds, now }: Watching, principal: string | undefined,
  orderId: string, order: OrderRow | undefined, shown = '',
): Promise<Permit | undefined> {
  if (principal !== undefined && principal === order?.userId) return { principal };
  if (!watchSecret) return undefined;
  const isRight = isWatchToken(shown, await watchSecret.read(), orderId);
  const until = Math.floor(Date.parse(order?.createdAt ?? '') / 1_000) + tokenValiditySeconds;
  return isRight && now() < until * 1_000 ? { until } : undefined;
}

/** The same response for another user's order, a missing order, and an invalid or expired token. */
function notFound(orderId: string): ErrorMessage {
  return errorMessage('not-found', 'no such order, or the caller may not watch it', orderId);
}

function notConnected(orderId: string): ErrorMessage {
  return errorMessage('unavailable', 'unknown connection: connect again', orderId);
}
