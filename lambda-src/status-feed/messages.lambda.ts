import { answer } from './answer';
import { Connections } from './connections';
import type { Watching } from './subscribe';
import { Subscriptions } from './subscriptions';
import { tidy } from './tidy';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { count, setting } from '../environment';
import { KeptSecret } from '../kept-secret';
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
  watchSecret: secretArn ? new KeptSecret(secretArn, realTiming.now) : undefined,
  tokenValiditySeconds: count('TOKEN_VALIDITY_SECONDS'),
  now: Date.now,
};

/** The answer goes back on the route's response: it takes no further request, and no permission to send to others. */
export const handler = async ({ requestContext, body }: MessageEvent): Promise<{ statusCode: number; body?: string }> => {
  const { connectionId, eventType } = requestContext;
  if (eventType === 'DISCONNECT') {
    await tidy('an ended connection was not deleted', connectionId, () => watching.connections.forget(connectionId));
    return { statusCode: 200 };
  }
  return { statusCode: 200, body: JSON.stringify(await answer(watching, maxBytes, connectionId, body)) };
};
