import type { Budget } from './budget';
import { Connections } from './connections';
import { Sockets, socketsAt } from './sockets';
import type { StatusMessage } from './status-message';
import { Subscriptions } from './subscriptions';
import { tidy } from './tidy';
import { UndeliveredQueue, undeliveredQueueAt } from './undelivered';
import type { Database } from '../dynamodb/database';
import { setting } from '../environment';

/** What sending to the watchers of orders needs of the WebSocket feed. */
export interface Feed {
  readonly connections: Connections;
  readonly subscriptions: Subscriptions;
  readonly sockets: Sockets;
  readonly undelivered: UndeliveredQueue;
}

/** Creates the feed from the environment variables of the function. */
export function feedOfEnvironment(database: Database): Feed {
  const table = setting('CONNECTIONS_TABLE');
  return {
    connections: new Connections(database, table),
    subscriptions: new Subscriptions(database, table),
    sockets: socketsAt(setting('CONNECTIONS_ENDPOINT')),
    undelivered: undeliveredQueueAt(setting('UNDELIVERED_QUEUE_URL')),
  };
}

/** Sends a message to a connection. Deletes a connection that has ended, and returns false. */
export async function deliver(feed: Feed, budget: Budget, connectionId: string, message: StatusMessage): Promise<boolean> {
  const delivered = await feed.sockets.send(budget, connectionId, message);
  if (!delivered) await tidy('an ended connection was not deleted', connectionId, () => feed.connections.forget(connectionId));
  return delivered;
}
