import { IncomingMessage, STATUS_CODES } from 'node:http';
import { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { Api, Route, Stage } from './api';
import { authorize } from './authorization';
import { invoke } from './invocation';
import { MAX_MESSAGE_BYTES, WebSocketConnection } from './web-socket-connection';
import { EventKind, handshakeMembers, Visitor, webSocketEvent } from './web-socket-event';
import { isJsonObject, Json, JsonObject } from '../../json';
import { randomHex, randomUuid } from '../../random';
import { ServiceContext } from '../service-context';

/** Connections to a WebSocket API, and what its routes do with what they send. */
export class WebSocketApi {
  public readonly connections = new Map<string, WebSocketConnection>();
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });

  constructor(
    private readonly api: Api,
    private readonly context: ServiceContext,
  ) {}

  /** A client wants to connect: the authorizer and $connect decide. */
  public async connect(message: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const stage = this.api.stages.get((message.url ?? '/').split(/[/?]/)[1]);
    if (!stage) {
      refuse(stream, 403);
      return;
    }
    const visitor: Visitor = {
      connectionId: `${Buffer.from(randomHex(this.context.random, 22), 'hex').toString('base64url')}=`,
      identity: { sourceIp: message.socket.remoteAddress ?? '127.0.0.1', userAgent: message.headers['user-agent'] ?? '' },
      connectedAt: this.context.clock.now(),
    };
    const admitted = await this.admit(stage, visitor, message);
    if (typeof admitted === 'number') {
      refuse(stream, admitted);
      return;
    }
    this.server.handleUpgrade(message, stream, head, (socket) => {
      const connection = new WebSocketConnection(
        visitor.connectionId,
        visitor.identity,
        admitted.principal,
        socket,
        stream,
        this.context.clock,
      );
      this.serve(stage, { ...visitor, ...admitted }, connection, message.headers.host ?? '');
    });
  }

  public close(): void {
    this.connections.forEach((connection) => connection.terminate());
    this.server.close();
  }

  /** The status to refuse with, or who the client is. */
  private async admit(stage: Stage, visitor: Visitor, message: IncomingMessage): Promise<number | { principal?: JsonObject }> {
    const route = this.route('$connect');
    if (!route) {
      return {};
    }
    const { region, account, id } = this.api;
    const kind: EventKind = { eventType: 'CONNECT', routeKey: '$connect' };
    const event = (known: Visitor) => ({ ...handshakeMembers(message), ...this.event(stage, known, kind, message.headers.host ?? '') });
    const query = new URLSearchParams((message.url ?? '').split(/\?(.*)/s, 2)[1] ?? '');
    const decision = await authorize(
      this.api,
      route,
      {
        header: (name) => message.headers[name] as string | undefined,
        query: (name) => query.get(name) ?? undefined,
        resourceArn: `arn:aws:execute-api:${region}:${account}:${id}/${stage.name}/$connect`,
        event: event(visitor),
      },
      this.context,
    );
    if ('refused' in decision) {
      return decision.refused;
    }
    const principal = decision.principal ?? (decision.authorizer?.iam as JsonObject | undefined);
    const admitted = principal ? { principal } : {};
    const invoked = await this.invoke(stage, route, event({ ...visitor, ...admitted }));
    if (!('payload' in invoked)) {
      return 502;
    }
    const status = statusOf(invoked.payload);
    return status >= 200 && status < 300 ? admitted : status;
  }

  private serve(stage: Stage, visitor: Visitor, connection: WebSocketConnection, host: string): void {
    this.connections.set(connection.id, connection);
    connection.onMessage((text) => this.context.background.run('a message', () => this.receive(stage, visitor, connection, host, text)));
    connection.onClose((code, reason) => {
      this.connections.delete(connection.id);
      const route = this.route('$disconnect');
      if (route) {
        const kind: EventKind = { eventType: 'DISCONNECT', routeKey: '$disconnect', disconnectStatusCode: code, disconnectReason: reason };
        this.context.background.run('$disconnect', () => this.invoke(stage, route, this.event(stage, visitor, kind, host)));
      }
    });
  }

  private async receive(stage: Stage, visitor: Visitor, connection: WebSocketConnection, host: string, text: string): Promise<void> {
    const route = this.route(selected(text, this.api.routeSelection)) ?? this.route('$default');
    const kind: EventKind = { eventType: 'MESSAGE', routeKey: route?.key ?? '$default', messageId: randomUuid(this.context.random) };
    const event: JsonObject = { ...this.event(stage, visitor, kind, host), body: text };
    const say = (message: string) =>
      connection
        .send(
          JSON.stringify({
            message,
            connectionId: connection.id,
            requestId: (event.requestContext as JsonObject).requestId,
          }),
        )
        .catch(() => undefined);
    if (!route) {
      await say('Forbidden');
      return;
    }
    const invoked = await this.invoke(stage, route, event);
    if (!('payload' in invoked)) {
      await say('Internal server error');
    } else if (route.answers) {
      const answer = JSON.parse(invoked.payload) as Json;
      const body = isJsonObject(answer) ? answer.body : undefined;
      if (typeof body === 'string' && body !== '') {
        await connection.send(body).catch(() => undefined);
      }
    }
  }

  private invoke(stage: Stage, route: Route, event: JsonObject) {
    return invoke(this.api, this.api.integrations.get(route.integrationId)!, event, `${stage.name}/${route.key}`, this.context);
  }

  private event(stage: Stage, visitor: Visitor, kind: EventKind, host: string): JsonObject {
    return webSocketEvent(this.api, stage, visitor, kind, host, this.context);
  }

  private route(key: string | undefined): Route | undefined {
    return this.api.routes.find((route) => route.key === key);
  }
}

function statusOf(payload: string): number {
  const answer = JSON.parse(payload) as Json;
  return isJsonObject(answer) && typeof answer.statusCode === 'number' ? answer.statusCode : 200;
}

/** The route that a message names, by an expression such as `$request.body.action`. */
function selected(text: string, expression: string): string | undefined {
  const steps = expression
    .replace(/^\$\{?request\.body\./, '')
    .replace(/\}$/, '')
    .split('.');
  try {
    const value = steps.reduce<Json | undefined>(
      (holder, step) => (isJsonObject(holder) ? holder[step] : undefined),
      JSON.parse(text) as Json,
    );
    return typeof value === 'string' && !value.startsWith('$') ? value : undefined;
  } catch {
    return undefined;
  }
}

function refuse(stream: Duplex, status: number): void {
  const body = JSON.stringify({ message: STATUS_CODES[status] });
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}
