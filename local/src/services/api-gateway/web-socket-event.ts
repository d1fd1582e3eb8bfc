import { IncomingMessage } from 'node:http';
import { Api, Stage } from './api';
import { logTime } from './http-event';
import { ConnectionIdentity } from './web-socket-connection';
import { JsonObject } from '../../json';
import { randomUuid } from '../../random';
import { ServiceContext } from '../service-context';

export interface Visitor {
  readonly connectionId: string;
  readonly identity: ConnectionIdentity;
  readonly connectedAt: number;
  readonly principal?: JsonObject;
}

export type EventKind =
  | { readonly eventType: 'CONNECT'; readonly routeKey: '$connect' }
  | { readonly eventType: 'MESSAGE'; readonly routeKey: string; readonly messageId: string }
  | {
    readonly eventType: 'DISCONNECT';
    readonly routeKey: '$disconnect';
    readonly disconnectStatusCode: number;
    readonly disconnectReason: string;
  };

/** What a function of a WebSocket API gets, but for headers and body. */
export function webSocketEvent(
  api: Api,
  stage: Stage,
  visitor: Visitor,
  kind: EventKind,
  host: string,
  { clock, random }: ServiceContext,
): JsonObject {
  const at = clock.now();
  const requestId = randomUuid(random);
  return {
    requestContext: {
      ...kind,
      extendedRequestId: requestId,
      requestId,
      requestTime: logTime(at),
      requestTimeEpoch: at,
      messageDirection: 'IN',
      stage: stage.name,
      connectedAt: visitor.connectedAt,
      connectionId: visitor.connectionId,
      identity: { ...visitor.identity },
      domainName: host,
      apiId: api.id,
      ...(visitor.principal && { authorizer: visitor.principal }),
    },
    ...(stage.variables && { stageVariables: stage.variables }),
    isBase64Encoded: false,
  };
}

/** The headers and the query with which a client connects; only $connect and its authorizer see them. */
export function handshakeMembers(message: IncomingMessage): JsonObject {
  const query = new URLSearchParams((message.url ?? '').split(/\?(.*)/s, 2)[1] ?? '');
  const headers = Object.entries(message.headers).map(([name, value]): [string, string[]] => [titled(name), [value ?? ''].flat()]);
  const names = [...new Set(query.keys())];
  return {
    headers: Object.fromEntries(headers.map(([name, values]) => [name, values[values.length - 1]])),
    multiValueHeaders: Object.fromEntries(headers),
    ...(names.length > 0 && {
      queryStringParameters: Object.fromEntries(query),
      multiValueQueryStringParameters: Object.fromEntries(names.map((name) => [name, query.getAll(name)])),
    }),
  };
}

/** Header names come as clients write them; most write each part with a capital. */
function titled(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}
