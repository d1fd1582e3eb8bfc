import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';

export interface Server {
  readonly url: string;
  readonly connections: ServerSocket[];
  /** The response to a frame, besides pongs. */
  answer: (connection: ServerSocket, frame: { action: string; orderId: string }) => void;
}

export const status = (orderId: string, version: number, state = `S${version}`) =>
  JSON.stringify({ type: 'order.status', orderId, status: state, version, at: '2026-01-01T00:00:00Z' });

/** A real WebSocket server on this machine, which is closed with its test. */
export async function aWebSocketServer(context: TestContext): Promise<Server> {
  const listener = new WebSocketServer({ port: 0, host: '127.0.0.1', maxPayload: 32 * 1024 });
  await once(listener, 'listening');
  const server: Server = { url: `ws://127.0.0.1:${(listener.address() as AddressInfo).port}`, connections: [], answer: () => {} };
  listener.on('connection', (connection) => {
    server.connections.push(connection);
    connection.on('message', (data) => {
      const frame = JSON.parse(String(data));
      if (frame.action === 'ping') {
        connection.send('{"type":"pong"}');
      } else {
        server.answer(connection, frame);
      }
    });
  });
  context.after(() => {
    server.connections.forEach((connection) => connection.terminate());
    listener.close();
  });
  return server;
}
