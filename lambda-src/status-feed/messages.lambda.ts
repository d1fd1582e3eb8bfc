import { answer } from './answer';
import { Connections } from './connections';
import type { Watching } from './subscribe';
import { Subscriptions } from './subscriptions';
import { tidy } from './tidy';
import { CachedSecret } from '../cached-secret';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { count, setting } from '../environment';
import { Orders } from '../order/orders';
import { realTiming } from '../timing';

interface MessageEvent {
  readonly requestContext: { readonly connectionId: string; readonly eventType: string };
  readonly body?: string;
}

const database = new Database(documentClient(), realTiming);
const connectionsTable = setting('CONNECTIONS_TABLE');
const maxBytes = count('MAX_MESSAGE_BYTES');
const secretArn = process.env.WATCH_SECRET_ARN;
const watching: Watching = {
  orders: new Orders(database, setting('ORDERS_TABLE')),
  connections: new Connections(database, connectionsTable),
  subscriptions: new Subscriptions(database, connectionsTable),
  maxSubscriptions: count('MAX_SUBSCRIPTIONS'),
  watchSecret: secretArn ? new CachedSecret(secretArn, realTiming.now) : undefined,
  tokenValiditySeconds: count('TOKEN_VALIDITY_SECONDS'),
  now: Date.now,
};

/** Answers in the response of the route, which needs neither another request nor a permission to send. */
export const handler = async ({ requestContext, body }: MessageEvent): Promise<{ statusCode: number; body?: string }> => {
  const { connectionId, eventType } = requestContext;
  if (eventType === 'DISCONNECT') {
    await tidy('an ended connection was not deleted', connectionId, () => watching.connections.forget(connectionId));
    return { statusCode: 200 };
  }
  return { statusCode: 200, body: JSON.stringify(await answer(watching, maxBytes, connectionId, body)) };
};
