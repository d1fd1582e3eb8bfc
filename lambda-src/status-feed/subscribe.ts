import type { Connections } from './connections';
import { ErrorMessage, errorMessage } from './error-message';
import { StatusMessage, statusMessage } from './status-message';
import type { Permit, Subscriptions } from './subscriptions';
import type { KeptSecret } from '../kept-secret';
import { isWatchToken } from './watch-token';
import type { OrderRow } from '../order/order';
import type { Orders } from '../order/orders';

export interface Watching {
  readonly orders: Orders;
  readonly connections: Connections;
  readonly subscriptions: Subscriptions;
  readonly maxSubscriptions: number;
  /** Missing if only an authorizer says who may watch. */
  readonly watchSecret?: Pick<KeptSecret, 'read'>;
  readonly tokenValiditySeconds: number;
  now(): number;
}

export interface SubscribeRequest {
  readonly orderId: string;
  readonly watchToken?: string;
}

/**
 * Watches an order, and tells its status.
 *
 * The order is read once more after the subscription is written: a change before that read is in the answer, and the
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

/** Why this connection may watch the order. The way is the same for an order that does not exist: it must not show. */
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

/** One answer for an order that is somebody else's and one that is not there, and for whatever is wrong with a token. */
function notFound(orderId: string): ErrorMessage {
  return errorMessage('not-found', 'there is no such order, or you may not watch it', orderId);
}

function notConnected(orderId: string): ErrorMessage {
  return errorMessage('unavailable', 'this connection is not known: connect again', orderId);
}
