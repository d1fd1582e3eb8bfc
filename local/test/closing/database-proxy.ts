import { createServer, IncomingMessage, request, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { DynoxideProcess } from '../../src/services/dynamodb/dynoxide-process';

/** A database behind a proxy that can reset connections. */
export class DatabaseProxy {
  public static async start(): Promise<DatabaseProxy> {
    const proxy = new DatabaseProxy(await DynoxideProcess.start());
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  private readonly server: Server;
  private readonly resets = new Map<string, { times: number; afterEffect: boolean }>();

  private constructor(private readonly database: DynoxideProcess) {
    this.server = createServer((incoming, outgoing) => this.pass(incoming, outgoing));
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resets the connections of the next calls of an operation. */
  public reset(operation: string, times: number, afterEffect = false): void {
    this.resets.set(operation, { times, afterEffect });
  }

  /** How many of the calls that are to be reset have not come yet. */
  public left(operation: string): number {
    return this.resets.get(operation)?.times ?? 0;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.database.stop();
  }

  private pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const operation = String(incoming.headers['x-amz-target']).split('.')[1];
    const reset = this.resets.get(operation);
    const isReset = reset !== undefined && reset.times > 0;
    if (isReset) {
      reset.times--;
      if (!reset.afterEffect) {
        incoming.socket.resetAndDestroy();
        return;
      }
    }
    const { method, headers } = incoming;
    incoming.pipe(request(this.database.url, { method, headers }, (answer) => {
      if (isReset) {
        answer.resume();
        incoming.socket.resetAndDestroy();
        return;
      }
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    }));
  }
}
