import { IncomingMessage, ServerResponse } from 'node:http';
import { Api } from './api';
import { HttpApi } from './http-api';
import { WebSocketApi } from './web-socket-api';
import { readAuthorization } from '../endpoint/credentials';
import { receive, send } from '../endpoint/http-exchange';
import { jsonError } from '../endpoint/json-protocol';
import { LocalServer } from '../endpoint/local-server';
import { readRestRequest, restAnswer } from '../endpoint/rest-protocol';
import { Service } from '../service';
import { ServiceContext } from '../service-context';

/** One API at an address of its own. */
export class ApiServer {
  public url = '';
  public readonly webSockets: WebSocketApi;
  private readonly http: HttpApi;
  private readonly server: LocalServer;

  /** @param service answers calls about connections. */
  constructor(
    public readonly api: Api,
    private readonly service: Service,
    private readonly context: ServiceContext,
  ) {
    this.http = new HttpApi(api, context);
    this.webSockets = new WebSocketApi(api, context);
    this.server = new LocalServer(context.background, (message, response) =>
      (api.protocol === 'HTTP' ? this.answer(message, response) : this.manage(message, response)));
    if (api.protocol === 'WEBSOCKET') {
      this.server.onUpgrade((message, stream, head) => this.webSockets.connect(message, stream, head));
    }
  }

  public async listen(port: number): Promise<void> {
    this.url = await this.server.listen(port);
  }

  public async close(): Promise<void> {
    this.webSockets.close();
    await this.server.close();
  }

  private async answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) {
      chunks.push(chunk as Buffer);
    }
    const { status, headers, body } = await this.http.answer(message, Buffer.concat(chunks));
    response.writeHead(status, { ...headers, ...(status !== 204 && { 'content-length': String(body.length) }) } as Record<string, string>);
    response.end(body);
  }

  /** `/{stage}/@connections/{id}`: a function speaks to a client. */
  private async manage(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await receive(message);
    const { caller } = readAuthorization(request.header('authorization'));
    try {
      const [, stage] = request.path.split('/');
      const path = request.path.slice(request.path.indexOf('/@connections'));
      const { route, input } = readRestRequest(this.service, { ...request, path });
      const output = await this.context.calls.perform({
        service: this.service.name,
        operation: route.operation,
        input: { ...input, ApiId: this.api.id, Stage: stage },
        caller,
      });
      send(response, restAnswer(route, output));
    } catch (error) {
      send(response, jsonError(error));
    }
  }
}
