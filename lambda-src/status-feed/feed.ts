import type { Budget } from './budget';
import { Connections } from './connections';
import { Sockets, socketsAt } from './sockets';
import type { StatusMessage } from './status-message';
import { Subscriptions } from './subscriptions';
import { tidy } from './tidy';
import { UndeliveredQueue, undeliveredQueueAt } from './undelivered';
import type { Database } from '../dynamodb/database';
import { setting } from '../environment';

/** The WebSocket feed, as far as it takes to send to the watchers of orders. */
export interface Feed {
  readonly connections: Connections;
  readonly subscriptions: Subscriptions;
  readonly sockets: Sockets;
  readonly undelivered: UndeliveredQueue;
}

/** The feed that the function's environment names. */
export function feedOfEnvironment(database: Database): Feed {
  const table = setting('CONNECTIONS_TABLE');
  return {
    connections: new Connections(database, table),
    subscriptions: new Subscriptions(database, table),
    sockets: socketsAt(setting('CONNECTIONS_ENDPOINT')),
    undelivered: undeliveredQueueAt(setting('UNDELIVERED_QUEUE_URL')),
  };
}

/** Sends to a connection. One that has ended is forgotten, and the answer is false. */
export async function tell(feed: Feed, budget: Budget, connectionId: string, message: StatusMessage): Promise<boolean> {
  const taken = await feed.sockets.send(budget, connectionId, message);
  if (!taken) await tidy('an ended connection was not deleted', connectionId, () => feed.connections.forget(connectionId));
  return taken;
}
