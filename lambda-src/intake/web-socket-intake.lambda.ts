import { intakeOfEnvironment, permitsOfEnvironment, watchSecretOfEnvironment } from './intake-environment';
import { count, setting } from '../environment';
import { WebSocketIntake, answerMessage } from './web-socket/answer-message';
import { Connections } from '../status-feed/connections';
import { Subscriptions } from '../status-feed/subscriptions';

interface MessageEvent {
  readonly requestContext: { readonly connectionId: string };
  readonly body?: string;
}

const { intake, database } = intakeOfEnvironment();
const watchSecret = watchSecretOfEnvironment();
const connectionsTable = setting('CONNECTIONS_TABLE');
const socket: WebSocketIntake = {
  intake,
  permits: permitsOfEnvironment(watchSecret),
  watching: {
    orders: intake.orders,
    connections: new Connections(database, connectionsTable),
    subscriptions: new Subscriptions(database, connectionsTable),
    maxSubscriptions: count('MAX_SUBSCRIPTIONS'),
    watchSecret,
    tokenValiditySeconds: count('TOKEN_VALIDITY_SECONDS'),
    now: Date.now,
  },
};

/** Answers in the response of the route. */
export const handler = async ({ requestContext, body }: MessageEvent): Promise<{ statusCode: number; body: string }> =>
  ({ statusCode: 200, body: JSON.stringify(await answerMessage(socket, requestContext.connectionId, body)) });
