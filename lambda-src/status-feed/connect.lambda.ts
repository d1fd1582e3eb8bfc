import { Connections } from './connections';
import { ConnectContext, REFUSED, principalOf } from './principal';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { setting } from '../environment';
import { logDone } from '../log';
import { realTiming } from '../timing';

const connections = new Connections(new Database(documentClient(), realTiming), setting('CONNECTIONS_TABLE'));
// Names of roles can contain commas, but no spaces.
const admittedRoles = process.env.ADMITTED_ROLES?.split(' ') ?? [];

/** Throws if the connection cannot be stored: API Gateway then refuses it, and the client retries. */
export const handler = async ({ requestContext }: { requestContext: ConnectContext }): Promise<{ statusCode: number }> => {
  const { connectionId } = requestContext;
  const principal = principalOf(requestContext, admittedRoles);
  if (principal === REFUSED) {
    logDone('a connection was refused: the role of its caller is not one of admittedRoles', { connectionId });
    return { statusCode: 403 };
  }
  await connections.open(connectionId, principal, Date.now());
  logDone('a connection was opened', { connectionId });
  return { statusCode: 200 };
};
