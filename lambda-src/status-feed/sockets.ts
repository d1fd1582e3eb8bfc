import { ApiGatewayManagementApiClient, GoneException, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import type { Budget } from './budget';
import { ConcurrencyLimit } from './concurrency-limit';
import type { StatusMessage } from './status-message';
import { REQUEST_TIMEOUTS } from '../request-timeouts';

/** The number of connections that the SDK client opens: more requests would wait inside it until they time out. */
const AT_A_TIME = 50;

/** Sends messages to WebSocket connections. */
export class Sockets {
  private readonly limit = new ConcurrencyLimit(AT_A_TIME);

  public constructor(private readonly client: ApiGatewayManagementApiClient) {}

  /** False if the connection has ended. */
  public async send(budget: Budget, connectionId: string, message: StatusMessage): Promise<boolean> {
    const command = new PostToConnectionCommand({ ConnectionId: connectionId, Data: JSON.stringify(message) });
    try {
      await budget.spend(() => this.client.send(command), this.limit);
      return true;
    } catch (error) {
      if (error instanceof GoneException) return false;
      throw error;
    }
  }
}

/** Without retries of the SDK: the budget retries. */
export function socketsAt(endpoint: string): Sockets {
  return new Sockets(new ApiGatewayManagementApiClient({ endpoint, maxAttempts: 1, requestHandler: REQUEST_TIMEOUTS }));
}
