import { Connections } from './connections';
import { ConnectContext, principalOf } from './principal';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { setting } from '../environment';
import { logDone } from '../log';
import { realTiming } from '../timing';

const connections = new Connections(new Database(documentClient(), realTiming), setting('CONNECTIONS_TABLE'));

/** Throws if the connection cannot be stored: API Gateway then refuses it, and the client retries. */
export const handler = async ({ requestContext }: { requestContext: ConnectContext }): Promise<{ statusCode: number }> => {
  await connections.open(requestContext.connectionId, principalOf(requestContext), Date.now());
  logDone('a connection was opened', { connectionId: requestContext.connectionId });
  return { statusCode: 200 };
};
