import { ApiGatewayManagementApiClient, GoneException, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import type { Budget } from './budget';
import { Gate } from './gate';
import type { StatusMessage } from './status-message';
import { REQUEST_TIMEOUTS } from '../request-timeouts';

/** As many as the client has connections: more would only wait within it, where their time runs out. */
const AT_A_TIME = 50;

/** The connections of the browsers, as far as one can send to them. */
export class Sockets {
  private readonly gate = new Gate(AT_A_TIME);

  public constructor(private readonly client: ApiGatewayManagementApiClient) {}

  /** False if the connection has ended. */
  public async send(budget: Budget, connectionId: string, message: StatusMessage): Promise<boolean> {
    const command = new PostToConnectionCommand({ ConnectionId: connectionId, Data: JSON.stringify(message) });
    try {
      await budget.spend(() => this.client.send(command), this.gate);
      return true;
    } catch (error) {
      if (error instanceof GoneException) return false;
      throw error;
    }
  }
}

/** The client tries once: how often a message is sent again is the budget's to say. */
export function socketsAt(endpoint: string): Sockets {
  return new Sockets(new ApiGatewayManagementApiClient({ endpoint, maxAttempts: 1, requestHandler: REQUEST_TIMEOUTS }));
}
