import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { Duplex } from 'node:stream';
import { BackgroundWork } from '../../background-work';

/** Responds to a request, or throws: then no response can be sent, and the connection is closed. */
export type Respond = (message: IncomingMessage, response: ServerResponse) => Promise<void>;

/** An HTTP server on this machine, at an address of its own. */
export class LocalServer {
  private readonly server: Server;
  private readonly connections = new Set<Duplex>();

  constructor(private readonly background: BackgroundWork, respond: Respond) {
    this.server = createServer((message, response) => this.serve(message.socket, () => respond(message, response)));
    // A function's keep-alive connection may rest for long: one that is closed under its hands is a lost call.
    this.server.keepAliveTimeout = 0;
    this.server.on('connection', (socket) => {
      this.connections.add(socket);
      socket.once('close', () => this.connections.delete(socket));
    });
  }

  /** @param connect takes over the connections that become WebSockets */
  public onUpgrade(connect: (message: IncomingMessage, stream: Duplex, head: Buffer) => Promise<void>): void {
    this.server.on('upgrade', (message, stream, head) => {
      stream.on('error', () => stream.destroy());
      this.serve(stream, () => connect(message, stream, head));
    });
  }

  /** @param port 0 for any that is free. */
  public async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      // It stays: without a listener, an error of a later connection would end the process.
      this.server.on('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Ends all connections, also those that are WebSockets or are about to be. */
  public async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.connections.forEach((socket) => socket.destroy());
    await closed;
  }

  private serve(connection: Duplex, work: () => Promise<void>): void {
    this.background.run('a request', () => work().catch(() => connection.destroy()));
  }
}
